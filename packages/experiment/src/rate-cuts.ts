import type { MetricsRow } from '@latentkit/trainers';

/**
 * Epochs after which the learning rate was cut, as a plateau rule does now and then; none where it moves in most epochs, as a
 * schedule has it.
 *
 * @example
 * rateCuts([{ epoch: 1, learningRate: 0.1, ...row }, { epoch: 2, learningRate: 0.1, ...row }, { epoch: 3, learningRate: 0.05, ...row }]); // [2]
 */
export function rateCuts(history: readonly Pick<MetricsRow, 'epoch' | 'learningRate'>[]): number[] {
  const before = history.slice(0, -1);
  const cuts = before.filter(({ learningRate }, i) => history[i + 1]!.learningRate < learningRate);
  return cuts.length * 2 > before.length ? [] : cuts.map(({ epoch }) => epoch);
}
