import { plotLossCurves } from '@latentkit/figures';
import { runFigure } from './run-figure.ts';

/** The loss and its terms over the epochs. */
export const lossCurves = runFigure({
  name: 'loss-curves',
  title: 'Loss',
  needs: () => undefined,
  draw({ history, smoothing, terms, dataset: { test, validation } }) {
    const judges = test === validation ? 'test' : 'validation';
    const ofTest = judges === 'test' ? '; the test images chose the epoch' : '';
    const sampled = history.some(({ kl }) => kl !== undefined)
      ? `; ${judges} with one seeded latent sample an image`
      : '';
    const titles = Object.fromEntries(terms.map(({ name, title }) => [name, title]));
    return {
      caption: `Means per image and epoch${ofTest}${sampled}.`,
      svg: plotLossCurves(history, { smoothing, terms: titles, judges }),
    };
  },
});
