import type { MapCanvas } from '../scatter/overlay.ts';
import type { MapState } from './map-state.ts';

/** An ellipse of two deviations: 86% of what the encoder thinks a drawing may be. */
const DEVIATIONS = 2;

/** Draws what lies over the points: the posterior of a drawing, and the way of a walk. */
export function drawPosterior(
  { context, camera, colors, toPixel, write }: MapCanvas,
  { drawn, ends, plane }: MapState,
): void {
  const axes = plane.peek()?.axes;
  if (!axes) return;
  const [first = 0, second = first] = axes;
  context.strokeStyle = colors.ink;
  context.fillStyle = colors.ink;
  context.lineWidth = 2;
  const judged = drawn.peek();
  if (judged) {
    const [px, py] = toPixel(judged.mean[first]!, judged.mean[second]!);
    const radius = (axis: number) =>
      judged.logVar ? DEVIATIONS * Math.exp(0.5 * judged.logVar[axis]!) * camera.scale : 0;
    context.beginPath();
    context.ellipse(px, py, radius(first), radius(second), 0, 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.arc(px, py, 4, 0, 2 * Math.PI);
    context.fill();
  }
  const { a, b } = ends.peek();
  const places = [a, b].map((end) => end && toPixel(end[first]!, end[second]!));
  if (places[0] && places[1]) {
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(...places[0]);
    context.lineTo(...places[1]);
    context.stroke();
  }
  context.setLineDash([]);
  for (const [i, place] of places.entries()) {
    if (!place) continue;
    context.beginPath();
    context.arc(place[0], place[1], 4, 0, 2 * Math.PI);
    context.fill();
    write('AB'[i]!, place[0] + 12, place[1] - 12);
  }
}
