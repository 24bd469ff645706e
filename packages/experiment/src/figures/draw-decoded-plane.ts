import { drawLatentGrid } from '@latentkit/figures';
import type { LatentPlane } from '@latentkit/models';
import { dimensionName } from '../pictures/picture.ts';
import { type PlaneSteps, planeCodes } from './plane-codes.ts';
import type { DrawnFigure, FigureSubject } from './run-figure.ts';

export interface DecodedPlane extends PlaneSteps {
  /** An axis's name, by the name of its dimension. */
  labelOf?: (dimension: string) => string;
  /** What the axes run over, in words. */
  over: string;
  title?: string;
}

/** What the decoder makes of a plane of the latent space, or of a line where it has one dimension. */
export async function drawDecodedPlane(
  { trained, codes, dataset: { classNames } }: FigureSubject,
  plane: Pick<LatentPlane, 'axes' | 'origin'>,
  { labelOf = (dimension) => dimension, over, title, ...steps }: DecodedPlane,
): Promise<DrawnFigure> {
  const { image, condition } = trained.spec;
  const latentDim = plane.origin.length;
  const { grid, latent } = planeCodes(plane, steps);
  const dimensions = plane.axes.map(dimensionName);
  const [xLabel, yLabel] = dimensions.map(labelOf);
  const hasPrior = codes.logVar !== undefined;
  return {
    caption:
      captionOf(hasPrior, latentDim, dimensions, over) +
      (condition ? ` All of class ${classNames?.[0] ?? 0}.` : ''),
    svg: drawLatentGrid(
      {
        ...grid,
        images: await trained.decode(latent, condition && { label: 0 }),
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
