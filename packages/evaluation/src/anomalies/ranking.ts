import { LatentkitError } from '@latentkit/core';
import { checkValue, listRule } from '@latentkit/core/options';

/** Throws unless there are both anomalies and others, and a number of each. */
function requireBoth(where: string, scores: ArrayLike<number>, isAnomaly: ArrayLike<unknown>): boolean[] {
  checkValue(where, 'scores', scores, listRule);
  checkValue(where, 'isAnomaly', isAnomaly, listRule);
  if (scores.length !== isAnomaly.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected a truth for each of ${scores.length} scores, got ${isAnomaly.length}`,
    );
  }
  const odd = Array.from(scores).findIndex((score) => Number.isNaN(score));
  if (odd >= 0) throw new LatentkitError('E_NOT_FINITE', `${where}: score ${odd} is NaN`);
  const truth = Array.from(isAnomaly, Boolean);
  const anomalies = truth.filter(Boolean).length;
  if (anomalies > 0 && anomalies < truth.length) return truth;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: expected anomalies and others, got ${anomalies} anomalies among ${truth.length}`,
  );
}

/** Indices by falling scores, in groups of equal ones. */
function groupsOf(scores: ArrayLike<number>): number[][] {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const groups: number[][] = [];
  for (const i of order) {
    const last = groups.at(-1);
    if (last && scores[last[0]!] === scores[i]) last.push(i);
    else groups.push([i]);
  }
  return groups;
}

/**
 * The area under the ROC curve: how often an anomaly has a higher score than another example, equal ones counted half.
 *
 * @param isAnomaly the truth of each: 1 or true for an anomaly.
 * @returns 1 for a perfect order, 0.5 for chance.
 * @throws `E_SHAPE` for another number of truths; `E_RANGE` where there are no anomalies, or nothing else; `E_NOT_FINITE` for NaN.
 * @example
 * auroc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // 0.75
 */
export function auroc(scores: ArrayLike<number>, isAnomaly: ArrayLike<number | boolean>): number {
  const truth = requireBoth('auroc', scores, isAnomaly);
  let [above, area] = [0, 0];
  for (const group of groupsOf(scores)) {
    const anomalies = group.filter((i) => truth[i]).length;
    area += (group.length - anomalies) * (above + anomalies / 2);
    above += anomalies;
  }
  return area / (above * (truth.length - above));
}

/**
 * Average precision: the mean, over the anomalies, of the share of anomalies among all that score as high or higher.
 *
 * @throws as {@link auroc}.
 * @example
 * averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // 0.8333333333333333
 */
export function averagePrecision(scores: ArrayLike<number>, isAnomaly: ArrayLike<number | boolean>): number {
  const truth = requireBoth('averagePrecision', scores, isAnomaly);
  let [seen, found, sum] = [0, 0, 0];
  for (const group of groupsOf(scores)) {
    const anomalies = group.filter((i) => truth[i]).length;
    seen += group.length;
    found += anomalies;
    sum += anomalies * (found / seen);
  }
  return sum / found;
}
