import { describe, expect, it } from 'vitest';
import { freshProgress } from '../checkpoint/checkpoint.ts';
import type { TrainingState } from '../checkpoint/training-state.ts';
import { finishEpoch } from './finish-epoch.ts';
import type { MetricsRow } from './metrics.ts';

/** The progress after epochs whose losses by the last epoch's weights were these. */
function progressAfter(targets: readonly number[]) {
  const session = { read: () => ({ parameters: {}, slots: {}, state: {} }) };
  const progress = freshProgress({ seed: 0, batchSize: 5, trainImages: 20 });
  const state = { session, progress, bestWeights: undefined } as unknown as TrainingState;
  for (const [i, valTarget] of targets.entries()) {
    const row = { epoch: i + 1, valLoss: 7, valTarget, learningRate: 1e-3 } as MetricsRow;
    finishEpoch(state, { earlyStopping: { patience: 1 } }, row);
  }
  return state.progress;
}

describe('the best epoch', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is none that is %d under the last weights', (target) => {
    expect(progressAfter([target, 5, target])).toMatchObject({
      best: { epoch: 2, valLoss: 5 },
      earlyStopping: { best: 5, wait: 1 },
    });
  });

  it('is the first of equally good ones', () => {
    expect(progressAfter([5, 5]).best).toEqual({ epoch: 1, valLoss: 5 });
  });
});
