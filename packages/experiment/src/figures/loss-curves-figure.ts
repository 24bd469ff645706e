import { plotLossCurves } from '@latentkit/figures';
import type { MetricsRow } from '@latentkit/trainers';
import type { FigureResult } from './figure-result.ts';

/** The loss and its terms over the epochs. */
export function lossCurvesFigure(
  history: readonly MetricsRow[],
  smoothing: number,
  { choosesByTest }: { choosesByTest: boolean },
): FigureResult {
  const ofTest = choosesByTest
    ? '; the validation curve is that of the test images, which chose the epoch'
    : '';
  const sampled = history.some(({ kl }) => kl !== undefined)
    ? '; validation with one seeded latent sample an image'
    : '';
  return {
    name: 'loss-curves',
    title: 'Loss',
    caption: `Means per image and epoch${ofTest}${sampled}.`,
    svg: plotLossCurves(history, { smoothing }),
  };
}
