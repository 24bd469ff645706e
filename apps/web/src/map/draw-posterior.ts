import type { Pixel } from '../scatter/camera.ts';
import type { MapCanvas } from '../scatter/overlay.ts';
import type { MapState } from './map-state.ts';

/** An ellipse of two deviations: 86% of what the encoder thinks a drawing may be. */
const DEVIATIONS = 2;

/** Draws what lies over the points: the posterior of a drawing, and the way of a walk. */
export function drawPosterior(
  { context, camera, colors, toPixel, write }: MapCanvas,
  { drawn, walk, plane }: MapState,
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
  const { a, b } = walk.ends.peek();
  const places = [a, b].map((end) => end && toPixel(end[first]!, end[second]!));
  const way = walk.way.peek();
  // As it goes: a spherical walk is an arc. That of other ends is on its way to be replaced.
  if (way && way.from === a && way.to === b) {
    const latentDim = a.length;
    context.beginPath();
    let before: Pixel | undefined;
    for (let at = 0; at < way.codes.length; at += latentDim) {
      const next = toPixel(way.codes[at + first]!, way.codes[at + second]!);
      // Through the middles of the steps, so that an arc has no corners.
      if (before) context.quadraticCurveTo(...before, (before[0] + next[0]) / 2, (before[1] + next[1]) / 2);
      else context.moveTo(...next);
      before = next;
    }
    context.lineTo(...before!);
    context.setLineDash([]);
    for (const [width, color] of [
      [6, colors.ground],
      [2, colors.ink],
    ] as const) {
      context.lineWidth = width;
      context.strokeStyle = color;
      context.stroke();
    }
  }
  for (const [i, place] of places.entries()) {
    if (!place) continue;
    context.beginPath();
    context.arc(place[0], place[1], 4, 0, 2 * Math.PI);
    context.fill();
    write('AB'[i]!, place[0] + 12, place[1] - 12);
  }
}
