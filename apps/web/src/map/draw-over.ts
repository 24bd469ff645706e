import type { Pixel } from '../scatter/camera.ts';
import type { MapCanvas } from '../scatter/overlay.ts';
import type { MapState } from './map-state.ts';
import { axisAt, drawStrip } from './strip.ts';

/** An ellipse of two deviations: 86% of what the encoder thinks an image may be. */
const DEVIATIONS = 2;
const DOT = 4;

/** Draws what lies over the points: posteriors of a drawing and of a batch, and the way of a walk. */
export function drawOver(map: MapCanvas, state: MapState, hasPrior: boolean): void {
  const { drawn, followed, walk, plane, strip, seen } = state;
  const axes = plane.peek()?.axes;
  if (!axes) return;
  const { context, colors } = map;
  if (axes.length === 1) {
    drawStrip(map, strip.peek(), hasPrior);
    const code = seen.peek()?.code;
    if (code) drawPlumb(map, axes, code);
  }
  context.strokeStyle = colors.ink;
  context.fillStyle = colors.ink;
  context.lineWidth = 2;
  const judged = drawn.peek();
  if (judged) {
    if (judged.logVar) drawEllipse(map, axes, judged.mean, judged.logVar);
    drawDot(map, axes, judged.mean);
  }
  const batch = followed.peek();
  const latentDim = plane.peek()!.origin.length;
  for (let at = 0; batch && at < batch.mean.length; at += latentDim) {
    const of = (values: Float32Array) => values.subarray(at, at + latentDim);
    drawEllipse(map, axes, of(batch.mean), of(batch.logVar));
    if (batch.code) drawDot(map, axes, of(batch.code));
    const [px, py] = pixelOf(map, axes, of(batch.mean));
    map.write(`#${at / latentDim + 1}`, px + 16, py - 16);
  }
  const { a, b } = walk.ends.peek();
  const way = walk.way.peek();
  // That of other ends is on its way to be replaced.
  if (way && a && way.from === a && way.to === b) drawWay(map, axes, way.codes, latentDim);
  for (const [name, end] of Object.entries({ A: a, B: b })) {
    if (!end) continue;
    drawDot(map, axes, end);
    const [px, py] = pixelOf(map, axes, end);
    map.write(name, px + 12, py - 12);
  }
}

/** Of codes of one number, on their axis. */
function pixelOf(
  { toPixel, camera, size }: MapCanvas,
  [first = 0, second]: readonly number[],
  code: Float32Array,
): Pixel {
  const [px, py] = toPixel(code[first]!, second === undefined ? 0 : code[second]!);
  return [px, second === undefined ? axisAt(camera, size) : py];
}

/** A line down to the axis: what of a place counts where codes are one number. */
function drawPlumb(map: MapCanvas, axes: readonly number[], code: Float32Array): void {
  const { context, colors } = map;
  const [px, py] = pixelOf(map, axes, code);
  context.beginPath();
  context.moveTo(px, 0);
  context.lineTo(px, py);
  context.lineWidth = 1.5;
  context.strokeStyle = colors.accent;
  context.stroke();
}

function drawDot(map: MapCanvas, axes: readonly number[], code: Float32Array): void {
  const { context } = map;
  context.beginPath();
  context.arc(...pixelOf(map, axes, code), DOT, 0, 2 * Math.PI);
  context.fill();
}

function drawEllipse(
  map: MapCanvas,
  axes: readonly number[],
  mean: Float32Array,
  logVar: Float32Array,
): void {
  const [first = 0, second] = axes;
  const radius = (axis: number) => DEVIATIONS * Math.exp(0.5 * logVar[axis]!) * map.camera.scale;
  const up = second === undefined ? DOT : radius(second);
  map.context.beginPath();
  map.context.ellipse(...pixelOf(map, axes, mean), radius(first), up, 0, 0, 2 * Math.PI);
  strokeWithHalo(map);
}

/** A way as it goes: a spherical walk is an arc. */
function drawWay(map: MapCanvas, axes: readonly number[], codes: Float32Array, latentDim: number): void {
  const { context } = map;
  context.beginPath();
  let before: Pixel | undefined;
  for (let at = 0; at < codes.length; at += latentDim) {
    const next = pixelOf(map, axes, codes.subarray(at, at + latentDim));
    // Through the middles of the steps, so that an arc has no corners.
    if (before) context.quadraticCurveTo(...before, (before[0] + next[0]) / 2, (before[1] + next[1]) / 2);
    else context.moveTo(...next);
    before = next;
  }
  context.lineTo(...before!);
  strokeWithHalo(map);
}

/** In the ground's colour first: pictures beneath may be as dark as the ink. */
function strokeWithHalo({ context, colors }: MapCanvas): void {
  for (const [width, color] of [
    [5, colors.ground],
    [2, colors.ink],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  }
}
