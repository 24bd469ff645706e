import { drawLatentGrid, latentGridPoints } from '@latentkit/figures';
import { type Codes, chooseLatentPlane, type TrainedModel } from '@latentkit/models';
import { type DrawnFigure, runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const STEPS = 15;

/** What the decoder makes of a plane of the latent space, or of a line where it has one dimension. */
export const latentGrid = runFigure({
  name: 'latent-grid',
  title: 'Latent grid',
  howToRead:
    'Neighbours should differ little: where one kind of image turns into another runs a border of the latent map.',
  needs: ({ spec }) => whyUndrawable(spec.image),
  draw: ({ trained, codes, dataset }) => drawGrid(trained, codes, dataset.classNames),
});

function drawGrid(trained: TrainedModel, codes: Codes, classNames?: readonly string[]): DrawnFigure {
  const { latentDim, image, condition } = trained.spec;
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
    caption:
      captionOf(codes.logVar !== undefined, latentDim, xLabel!, yLabel) +
      (condition ? ` All of class ${classNames?.[0] ?? 0}.` : ''),
    svg: drawLatentGrid({
      ...grid,
      images: trained.decode(latent, condition && { label: 0 }),
      shape: image,
      xLabel,
      ...(yLabel && { yLabel }),
    }),
  };
}

function captionOf(hasPrior: boolean, latentDim: number, x: string, y = ''): string {
  const plane = y === '' ? `Decoded along ${x}` : `Decoded over ${x} and ${y}`;
  const [weight, range, others] = hasPrior
    ? ['KL', 'from -3 to 3', '0']
    : ['variance', 'over the range that codes take', 'their mean'];
  return latentDim > 2
    ? `${plane}, the two dimensions of largest ${weight}, ${range}; the others at ${others}.`
    : `${plane}, ${range}.`;
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
}
