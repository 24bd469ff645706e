import type { MetricsRow } from '@latentkit/trainers';
import { klOfRow } from '../elbo-of-row.ts';
import { fixed } from './words.ts';

/**
 * What the weight of the KL did to a model, in sentences, and what its weights would count at beta 1; undefined where
 * there is no weighted KL, or the loss is more than it and the reconstruction.
 *
 * @example
 * describeTradeOff({ valReconstruction: 150, valKl: 3, beta: 4, ...row });
 * // 'At beta 4 the KL of 3.00 counts as 12.00: 150.00 + 4 x 3.00 = 162.00. At beta 1 the same weights have 153.00, the negative ELBO. ...'
 */
export function describeTradeOff(row: MetricsRow): string | undefined {
  const { valReconstruction, valLoss, beta } = row;
  const kl = klOfRow(row);
  if (valReconstruction === undefined || kl === undefined || beta === undefined) return undefined;
  const weighted = beta * kl;
  if (isFar(valReconstruction + weighted, valLoss)) return undefined; // the loss has other parts
  const one = fixed(valReconstruction + kl);
  if (beta === 1) {
    return `At beta 1 the loss is the negative ELBO: ${fixed(valReconstruction)} + ${fixed(kl)} = ${one}. A larger beta would buy a smaller KL with a worse reconstruction.`;
  }
  const bought =
    beta > 1
      ? 'A beta above 1 buys a smaller KL with a worse reconstruction: codes say less of an image and lie closer to the prior.'
      : 'A beta below 1 buys a better reconstruction with a larger KL: codes say more of an image and lie farther from the prior, where samples come from.';
  return `At beta ${beta} the KL of ${fixed(kl)} counts as ${fixed(weighted)}: ${fixed(valReconstruction)} + ${beta} x ${fixed(kl)} = ${fixed(valReconstruction + weighted)}. At beta 1 the same weights have ${one}, the negative ELBO: by it, and not by the loss, models of different betas compare. ${bought}`;
}

/** Sums of float32 differ in their last digits. */
const isFar = (sum: number, loss: number) => Math.abs(sum - loss) > 1e-4 * Math.max(1, Math.abs(loss));
