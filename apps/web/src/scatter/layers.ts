import { LatentkitError } from '@latentkit/core';
import type { Size } from './camera.ts';
import { createCanvasPoints } from './canvas-points.ts';
import type { PointRenderer } from './renderer.ts';
import { resizeCanvas } from './resize-canvas.ts';
import { createWebglPoints } from './webgl-points.ts';

/** The canvases of a map, one over the other: ground, points, overlay. */
export interface Layers {
  /** Their contexts have CSS pixels as units once `fit` was called. */
  readonly ground: CanvasRenderingContext2D;
  readonly overlay: CanvasRenderingContext2D;
  readonly points: PointRenderer;
  /** Gives the canvases a size in CSS pixels, and pixels per CSS pixel. */
  fit(size: Size, density: number): void;
  /** The layers as they are drawn, over a ground of this colour. */
  toPng(ground: string): Promise<Blob>;
  destroy(): void;
}

/**
 * Lays the canvases into an element. Points are drawn by WebGL where there is one, else on the processor; also while a
 * context is lost, so that nobody looks at an empty map until the GPU is back.
 *
 * @param made what draws the points at first, where it was made before; else whether to try WebGL.
 * @param onChange another renderer draws from now on, and has to be told everything.
 */
export function createLayers(host: HTMLElement, made: PointRenderer | boolean, onChange: () => void): Layers {
  const ground = addCanvas(host, document.createElement('canvas'));
  const first = made === true ? createWebglPoints() : made;
  let points = first || createCanvasPoints();
  const overlay = addCanvas(host, document.createElement('canvas'));
  host.insertBefore(styleCanvas(points.canvas), overlay);
  let lost: HTMLCanvasElement | undefined;

  const use = (next: PointRenderer) => {
    points.canvas.replaceWith(styleCanvas(next.canvas));
    points = next;
    if (next.kind === 'webgl') watch(next.canvas);
    onChange();
  };
  const onLost = (event: Event) => {
    // Without this the browser never gives it back.
    event.preventDefault();
    lost = event.target as HTMLCanvasElement;
    use(createCanvasPoints());
  };
  const onRestored = (event: Event) => {
    forget(event.target as HTMLCanvasElement);
    const restored = createWebglPoints();
    if (restored) use(restored);
  };
  const watch = (canvas: HTMLCanvasElement) => {
    canvas.addEventListener('webglcontextlost', onLost);
    canvas.addEventListener('webglcontextrestored', onRestored);
  };
  const forget = (canvas: HTMLCanvasElement) => {
    canvas.removeEventListener('webglcontextlost', onLost);
    canvas.removeEventListener('webglcontextrestored', onRestored);
  };
  if (points.kind === 'webgl') watch(points.canvas);

  return {
    ground: ground.getContext('2d')!,
    overlay: overlay.getContext('2d')!,
    get points() {
      return points;
    },
    fit({ width, height }, density) {
      for (const canvas of [ground, overlay]) {
        resizeCanvas(canvas, width * density, height * density);
        canvas.getContext('2d')!.setTransform(density, 0, 0, density, 0, 0);
      }
    },
    toPng(color) {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [ground.width, ground.height];
      const context = canvas.getContext('2d')!;
      context.fillStyle = color;
      context.fillRect(0, 0, canvas.width, canvas.height);
      for (const layer of [ground, points.canvas, overlay]) {
        if (layer.style.display !== 'none') context.drawImage(layer, 0, 0);
      }
      return new Promise((resolve, reject) => {
        const onBlob = (blob: Blob | null) => {
          if (blob) resolve(blob);
          else
            reject(new LatentkitError('E_LIMIT', 'scatter: the browser could not make a PNG of this size'));
        };
        canvas.toBlob(onBlob, 'image/png');
      });
    },
    destroy() {
      for (const canvas of [points.canvas, lost]) if (canvas) forget(canvas);
      points.destroy();
      for (const canvas of [ground, points.canvas, overlay]) canvas.remove();
    },
  };
}

function addCanvas(host: HTMLElement, canvas: HTMLCanvasElement): HTMLCanvasElement {
  return host.appendChild(styleCanvas(canvas));
}

function styleCanvas(canvas: HTMLCanvasElement): HTMLCanvasElement {
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  // The host has the pointer, the focus and the name.
  canvas.style.pointerEvents = 'none';
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}
