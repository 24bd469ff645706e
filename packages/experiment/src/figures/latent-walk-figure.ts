import { chooseLatentPlane } from '@latentkit/models';
import { drawDecodedPlane } from './draw-decoded-plane.ts';
import { QUANTILE_RANGE, quantileAt } from './plane-codes.ts';
import { runFigure } from './run-figure.ts';
import { whyUndrawable } from './why-undrawable.ts';

const STEPS = 20;

/** What the decoder makes of codes at evenly spaced quantiles of the prior: every image stands for as much of it as any other. */
export const latentWalk = runFigure({
  name: 'latent-walk',
  title: 'Walk through the latent plane',
  howToRead:
    'Each image stands for an equal share of what the prior draws, so the plane shows how often samples look like this.',
  needs: ({ prior, spec }) =>
    prior?.type === 'standardNormal'
      ? whyUndrawable(spec)
      : 'The quantiles that the walk goes by are those of a standard normal prior, which this model does not have.',
  draw(subject, { steps = STEPS }) {
    return drawDecodedPlane(subject, chooseLatentPlane(subject.codes, subject.model.latentDim), {
      steps,
      ranges: [QUANTILE_RANGE, QUANTILE_RANGE],
      valueAt: quantileAt,
      labelOf: (dimension) => `quantile of ${dimension}`,
      over: 'at evenly spaced quantiles of the prior, from 0.05 to 0.95',
      title: 'Walk through the latent plane',
    });
  },
});
