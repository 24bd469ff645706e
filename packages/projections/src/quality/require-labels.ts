import { LatentkitError } from '@latentkit/core';

/** Throws `E_SHAPE` unless there are `count` labels, `E_NOT_FINITE` unless all are numbers. */
export function requireLabels(labels: ArrayLike<number>, count: number, where: string): void {
  if (labels.length !== count) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected ${count} labels, one a point, got ${labels.length}`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (Number.isFinite(labels[i])) continue;
    throw new LatentkitError('E_NOT_FINITE', `${where}: label ${i} is ${labels[i]}, expected a number`);
  }
}
