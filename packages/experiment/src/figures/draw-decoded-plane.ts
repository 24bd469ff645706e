import { drawLatentGrid, latentGridPoints } from '@latentkit/figures';
import type { LatentPlane } from '@latentkit/models';
import type { DrawnFigure, FigureSubject } from './run-figure.ts';

export interface DecodedPlane {
  /** Images a side. */
  steps: number;
  /** What the axes run over, by axis of the plane. */
  ranges: readonly (readonly [number, number])[];
  /** The code's number where an axis stands at a value. */
  valueAt?: (at: number) => number;
  /** An axis's name, by the name of its dimension. */
  labelOf?: (dimension: string) => string;
  /** What the axes run over, in words. */
  over: string;
  title?: string;
}

/** What the decoder makes of a plane of the latent space, or of a line where it has one dimension. */
export function drawDecodedPlane(
  { trained, codes, dataset: { classNames } }: FigureSubject,
  { axes, origin }: Pick<LatentPlane, 'axes' | 'origin'>,
  { steps, ranges, valueAt = (at) => at, labelOf = (dimension) => dimension, over, title }: DecodedPlane,
): DrawnFigure {
  const { latentDim, image, condition } = trained.spec;
  const rows = axes.length > 1 ? steps : 1;
  const grid = { rows, columns: steps, xRange: ranges[0]!, yRange: ranges[1] ?? ([0, 0] as const) };
  const points = latentGridPoints(grid);
  const latent = new Float32Array((points.length / 2) * latentDim);
  for (let i = 0; i < points.length / 2; i++) {
    latent.set(origin, i * latentDim);
    axes.forEach((axis, side) => {
      latent[i * latentDim + axis] = valueAt(points[2 * i + side]!);
    });
  }
  const dimensions = axes.map((axis) => `z${subscript(axis + 1)}`);
  const [xLabel, yLabel] = dimensions.map(labelOf);
  const hasPrior = codes.logVar !== undefined;
  return {
    caption:
      captionOf(hasPrior, latentDim, dimensions, over) +
      (condition ? ` All of class ${classNames?.[0] ?? 0}.` : ''),
    svg: drawLatentGrid(
      {
        ...grid,
        images: trained.decode(latent, condition && { label: 0 }),
        shape: image,
        xLabel,
        ...(yLabel && { yLabel }),
      },
      title === undefined ? {} : { title },
    ),
  };
}

function captionOf(hasPrior: boolean, latentDim: number, [x, y]: readonly string[], over: string): string {
  const plane = y === undefined ? `Decoded along ${x}` : `Decoded over ${x} and ${y}`;
  const [weight, others] = hasPrior ? ['KL', '0'] : ['variance', 'their mean'];
  return latentDim > 2
    ? `${plane}, the two dimensions of largest ${weight}, ${over}; the others at ${others}.`
    : `${plane}, ${over}.`;
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
}
