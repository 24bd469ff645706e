import { type ImageShape, pixelCount } from '@latentkit/core';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { drawImages, drawStrengths } from './draw-images.ts';

interface ImagePairProps {
  readonly label: string;
  readonly shape: ImageShape;
  /** Which of the images. */
  readonly at: number;
  readonly images: {
    /** `[count, height, width, channels]` */
    readonly images: Uint8Array;
    readonly expected: Uint8Array;
    /** Where the two differ, `[count, height, width]`. */
    readonly heat?: Uint8Array;
  };
}

/** An image, what was expected in its place, and perhaps where the two differ, one below the other. */
export function ImagePair({ label, shape, at, images: { images, expected, heat } }: ImagePairProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const heatCanvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const [size, area] = [pixelCount(shape), shape.height * shape.width];
    if (canvas.current) {
      const both = new Uint8Array(2 * size);
      both.set(images.subarray(at * size, (at + 1) * size));
      both.set(expected.subarray(at * size, (at + 1) * size), size);
      drawImages(canvas.current, both, shape, 1);
    }
    if (heatCanvas.current && heat) {
      drawStrengths(heatCanvas.current, heat.subarray(at * area, (at + 1) * area), shape);
    }
  }, [images, expected, heat, shape, at]);
  return (
    <div class="image-pair">
      <canvas ref={canvas} role="img" aria-label={label} />
      {heat && <canvas ref={heatCanvas} class="heat" role="img" aria-label="Where they differ" />}
    </div>
  );
}
