import { checkLabelArray, type ImageSet } from '@latentkit/core';
import { checkValue, having, whole } from '@latentkit/core/options';

const setRule = having('a set of images', { count: 'number' });

/**
 * Indices of images to show: the first of each class, by class, then the second of each, and so on, as many as there are
 * up to `count`; the first ones of a set without labels.
 *
 * @example
 * takeImages(set, oneOfEachClass(set, 12)); // of class folders, not twelve of the first
 */
export function oneOfEachClass(set: Pick<ImageSet, 'count' | 'labels'>, count: number): number[] {
  checkValue('oneOfEachClass', 'set', set, setRule);
  checkValue('oneOfEachClass', 'count', count, whole(0));
  const { count: all, labels } = set;
  if (labels) checkLabelArray('oneOfEachClass', labels, all);
  const most = Math.min(count, all);
  if (!labels) return Array.from({ length: most }, (_, i) => i);
  const classes = new Map<number, number[]>();
  for (let i = 0; i < all; i++) {
    const members = classes.get(labels[i]!) ?? [];
    if (members.length === 0) classes.set(labels[i]!, members);
    if (members.length < most) members.push(i);
  }
  const inOrder = [...classes].sort(([a], [b]) => a - b).map(([, members]) => members);
  const chosen: number[] = [];
  for (let round = 0; chosen.length < most; round++) {
    for (const members of inOrder)
      if (round < members.length && chosen.length < most) chosen.push(members[round]!);
  }
  return chosen;
}
