import { LatentkitError, type NdArray } from '@latentkit/core';
import { checkValue, type OptionRule } from '@latentkit/core/options';

/** A class, or a class each. */
export const labelRule: OptionRule = {
  be: 'be a class, or a list of one each',
  code: 'E_USAGE',
  fits: (value) => typeof value === 'number' || (Object(value) === value && 'length' in (value as object)),
};

/**
 * Labels as a conditional model reads them: gives the one-hot rows from `first` to `end`; undefined without a condition.
 *
 * @param label a class for all rows, or a class each.
 * @throws `E_USAGE` where labels are missing, or given to a model that has no condition; `E_RANGE` for a class that is none;
 * `E_SHAPE` for another number of labels.
 */
export function oneHotRows(
  where: string,
  label: number | ArrayLike<number> | undefined,
  count: number,
  classes: number | undefined,
): ((first: number, end: number) => NdArray) | undefined {
  if (label !== undefined) checkValue(where, 'label', label, labelRule);
  if (classes === undefined) {
    if (label === undefined) return undefined;
    throw new LatentkitError('E_USAGE', `${where}: the model has no condition, but a label was given`, {
      fix: 'Leave it out, or train a model with condition: { classes }',
    });
  }
  const wanted = `a class from 0 to ${classes - 1}`;
  if (label === undefined) {
    throw new LatentkitError('E_USAGE', `${where}: expected { label }: ${wanted}, or one a row`);
  }
  if (typeof label !== 'number' && label.length !== count) {
    throw new LatentkitError('E_SHAPE', `${where}: expected ${count} labels, got ${label.length}`);
  }
  const classOf = (row: number) => (typeof label === 'number' ? label : label[row]!);
  for (let row = 0; row < count; row++) {
    const one = classOf(row);
    if (Number.isInteger(one) && one >= 0 && one < classes) continue;
    throw new LatentkitError('E_RANGE', `${where}: expected ${wanted}, got ${one}`);
  }
  return (first, end) => {
    const data = new Float32Array((end - first) * classes);
    for (let row = first; row < end; row++) data[(row - first) * classes + classOf(row)] = 1;
    return { shape: [end - first, classes], data };
  };
}
