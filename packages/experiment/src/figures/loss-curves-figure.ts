import { plotLossCurves } from '@latentkit/figures';
import { rateCuts } from '../rate-cuts.ts';
import { runFigure } from './run-figure.ts';

const TUG_OF_WAR =
  'Reconstruction and KL pull against each other: a code that says more of its image (a larger KL) gives it back better (a smaller reconstruction), and training settles where the one would gain what the other would lose.';

const WINDOW = 7; // epochs

/** Of a run that is not three times as long, a mean would show the ends more than the run. */
function windowOf(history: readonly unknown[], window: number): number {
  return history.length < 3 * window ? 1 : window;
}

/** The loss and its terms over the epochs. */
export const lossCurves = runFigure({
  name: 'loss-curves',
  title: 'Loss',
  howToRead:
    'Where the curve of images that were not learned from turns up while training still falls, the model has begun to learn its images by heart.',
  needs: () => undefined,
  draw({ history, keptEpoch, smoothing, terms, dataset: { test, validation } }, spec) {
    const judges = test === validation ? 'test' : 'validation';
    const ofTest = judges === 'test' ? '; the test images chose the epoch' : '';
    const hasKl = history.some(({ kl }) => kl !== undefined);
    const sampled = hasKl ? `; ${judges} with one seeded latent sample an image` : '';
    const titles = Object.fromEntries(terms.map(({ name, title }) => [name, title]));
    return {
      caption: `Means per image and epoch${ofTest}${sampled}.`,
      svg: plotLossCurves(history, {
        ...{
          smoothing: smoothing ?? windowOf(history, spec.smoothing ?? WINDOW),
          terms: titles,
          judges,
          rateChanges: rateCuts(history),
        },
        ...(keptEpoch !== undefined && { kept: keptEpoch }),
      }),
      ...(hasKl && { howToRead: TUG_OF_WAR }),
    };
  },
});
