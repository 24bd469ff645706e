import { plotLossCurves } from '@latentkit/figures';
import { runFigure } from './run-figure.ts';

/** The loss and its terms over the epochs. */
export const lossCurves = runFigure({
  name: 'loss-curves',
  title: 'Loss',
  needs: () => undefined,
  draw({ history, smoothing, terms, dataset: { test, validation } }) {
    const ofTest =
      test === validation ? '; the validation curve is that of the test images, which chose the epoch' : '';
    const sampled = history.some(({ kl }) => kl !== undefined)
      ? '; validation with one seeded latent sample an image'
      : '';
    const titles = Object.fromEntries(terms.map(({ name, title }) => [name, title]));
    return {
      caption: `Means per image and epoch${ofTest}${sampled}.`,
      svg: plotLossCurves(history, { smoothing, terms: titles }),
    };
  },
});
