import type { ImageShape } from '@latentkit/core';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { drawImages } from './draw-images.ts';

interface ImageRowProps {
  readonly label: string;
  /** `[count, height, width, channels]`; undefined before there are any. */
  readonly bytes: Uint8Array | undefined;
  readonly shape: ImageShape;
  readonly columns: number;
}

/** Images in rows, drawn anew when they change. */
export function ImageRow({ label, bytes, shape, columns }: ImageRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // Before the page is painted: a hand waits for it.
  useLayoutEffect(() => {
    if (canvas.current && bytes) drawImages(canvas.current, bytes, shape, columns);
  }, [bytes, shape, columns]);
  return (
    <figure class="image-row">
      <canvas ref={canvas} role="img" aria-label={label} />
      <figcaption>{label}</figcaption>
    </figure>
  );
}
