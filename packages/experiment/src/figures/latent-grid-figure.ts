import { drawLatentGrid, latentGridPoints } from '@latentkit/figures';
import { chooseLatentPlane } from '../model/latent-plane.ts';
import type { Codes, TrainedModel } from '../model/trained-model.ts';
import type { FigureResult } from './figure-result.ts';

const STEPS = 15;

/** What the decoder makes of a plane of the latent space. */
export function latentGridFigure(trained: TrainedModel, codes: Codes): FigureResult {
  const { latentDim, kind, image } = trained.spec;
  const { axes, ranges, origin } = chooseLatentPlane(codes, latentDim);
  const rows = axes.length > 1 ? STEPS : 1;
  const grid = { rows, columns: STEPS, xRange: ranges[0]!, yRange: ranges[1] ?? ([0, 0] as const) };
  const points = latentGridPoints(grid);
  const latent = new Float32Array((points.length / 2) * latentDim);
  for (let i = 0; i < points.length / 2; i++) {
    latent.set(origin, i * latentDim);
    axes.forEach((axis, side) => {
      latent[i * latentDim + axis] = points[2 * i + side]!;
    });
  }
  const [xLabel, yLabel] = axes.map((axis) => `z${subscript(axis + 1)}`);
  return {
    name: 'latent-grid',
    title: 'Latent grid',
    caption: captionOf(kind, latentDim, xLabel!, yLabel),
    svg: drawLatentGrid({
      ...grid,
      images: trained.decode(latent),
      shape: image,
      xLabel,
      ...(yLabel && { yLabel }),
    }),
  };
}

function captionOf(kind: 'vae' | 'autoencoder', latentDim: number, x: string, y = ''): string {
  const plane = y === '' ? `Decoded along ${x}` : `Decoded over ${x} and ${y}`;
  if (kind === 'autoencoder') {
    return latentDim > 2
      ? `${plane}, the two dimensions of largest variance, over the range that codes take; the others at their mean.`
      : `${plane}, over the range that codes take.`;
  }
  return latentDim > 2
    ? `${plane}, the two dimensions of largest KL, from -3 to 3; the others at 0.`
    : `${plane}, from -3 to 3.`;
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
}
