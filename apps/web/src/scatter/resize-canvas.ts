const MOST_DENSITY = 2;

/** Pixels that a map has for one of CSS. */
export const densityNow = (): number => Math.min(devicePixelRatio, MOST_DENSITY);

/** Gives a canvas its size in pixels. Setting the size it has would clear it and take time. */
export function resizeCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  const w = Math.max(Math.round(width), 1);
  const h = Math.max(Math.round(height), 1);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}
