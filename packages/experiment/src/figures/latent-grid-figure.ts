import { chooseLatentPlane } from '@latentkit/models';
import { drawDecodedPlane } from './draw-decoded-plane.ts';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const STEPS = 15;

/** What the decoder makes of evenly spaced codes. */
export const latentGrid = runFigure({
  name: 'latent-grid',
  title: 'Latent grid',
  howToRead:
    'Neighbours should differ little: where one kind of image turns into another runs a border of the latent map.',
  needs: ({ spec, codebook }) =>
    codebook ? 'Between the vectors of a codebook there are no codes to walk through.' : whyUndrawable(spec),
  draw(subject, { steps = STEPS }) {
    const { codes, model } = subject;
    const plane = chooseLatentPlane(codes, model.latentDim);
    const over = codes.logVar ? 'from -3 to 3' : 'over the range that codes take';
    return drawDecodedPlane(subject, plane, { steps, ranges: plane.ranges, over });
  },
});
