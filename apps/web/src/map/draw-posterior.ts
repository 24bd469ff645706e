import type { Scatter } from '../scatter/scatter.ts';
import type { MapState } from './map-state.ts';

/** An ellipse of two deviations: 86% of what the encoder thinks a drawing may be. */
const DEVIATIONS = 2;
const MOST_DENSITY = 2;

/** Draws what lies over the points: the posterior of a drawing, and the way of a walk. */
export function drawPosterior(
  canvas: HTMLCanvasElement,
  scatter: Scatter,
  { drawn, ends, plane }: MapState,
  latentDim: number,
): void {
  const density = Math.min(devicePixelRatio, MOST_DENSITY);
  const { width, height } = scatter.size;
  canvas.width = width * density;
  canvas.height = height * density;
  const context = canvas.getContext('2d');
  const axes = plane.peek()?.axes;
  if (!context || !axes || latentDim === 0) return;
  const [first = 0, second = first] = axes;
  context.scale(density, density);
  const style = getComputedStyle(canvas);
  context.strokeStyle = style.getPropertyValue('--ink').trim();
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 2;
  const judged = drawn.peek();
  if (judged) {
    const [px, py] = scatter.toPixel(judged.mean[first]!, judged.mean[second]!);
    const radius = (axis: number) =>
      judged.logVar ? DEVIATIONS * Math.exp(0.5 * judged.logVar[axis]!) * scatter.camera.scale : 0;
    context.beginPath();
    context.ellipse(px, py, radius(first), radius(second), 0, 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.arc(px, py, 4, 0, 2 * Math.PI);
    context.fill();
  }
  const { a, b } = ends.peek();
  const places = [a, b].map((end) => end && scatter.toPixel(end[first]!, end[second]!));
  if (places[0] && places[1]) {
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(...places[0]);
    context.lineTo(...places[1]);
    context.stroke();
  }
  context.font = `600 14px ${style.fontFamily}`;
  for (const [i, place] of places.entries()) {
    if (!place) continue;
    context.beginPath();
    context.arc(place[0], place[1], 4, 0, 2 * Math.PI);
    context.fill();
    context.fillText('AB'[i]!, place[0] + 8, place[1] - 8);
  }
}
