import { type Examples, type ImageSet, LatentkitError } from '@latentkit/core';
import { checkValue, having, oneOf, whole } from '@latentkit/core/options';
import { takeImages } from '@latentkit/datasets';

/** Which examples are anomalies: those of one class, or those of all but one. */
export interface AnomalyProtocol {
  readonly type: 'oneClassHeldOut' | 'oneClassNormal';
  readonly label: number;
}

/** Examples to learn from, without an anomaly, and examples to be told apart. */
export interface AnomalyTask<Set extends Examples = ImageSet> {
  readonly train: Set;
  /** Ordinary examples that choose the epoch and the threshold. */
  readonly validation: Set;
  readonly test: Set;
  /** Of each of `test`. */
  readonly isAnomaly: Uint8Array;
}

const datasetRule = having('a dataset with labels, { train, validation, test }', {
  ...{ train: 'object', validation: 'object' },
});
const TYPES = oneOf('oneClassHeldOut', 'oneClassNormal');

/**
 * A dataset of classes as a task of telling anomalies: with `oneClassHeldOut` one class is never learned from and has to be told
 * from all others, with `oneClassNormal` one class alone is learned.
 *
 * @throws `E_USAGE` for examples without labels; `E_RANGE` for a class that no example, or every one, has.
 * @example
 * const { train, validation, test, isAnomaly } = anomalyTask(await loadMnist(), { type: 'oneClassHeldOut', label: 1 });
 */
export function anomalyTask(
  dataset: { readonly train: ImageSet; readonly validation: ImageSet; readonly test?: ImageSet },
  protocol: AnomalyProtocol,
): AnomalyTask {
  checkValue('anomalyTask', 'dataset', dataset, datasetRule);
  const { type, label } = Object(protocol) as AnomalyProtocol;
  checkValue('anomalyTask', 'type', type, TYPES);
  checkValue('anomalyTask', 'label', label, whole(0));
  const test = dataset.test ?? dataset.validation;
  const isOdd = (one: number) => (type === 'oneClassHeldOut' ? one === label : one !== label);
  const ordinary = (set: ImageSet) => {
    const indices = labelsOf(set).flatMap((one, i) => (isOdd(one) ? [] : [i]));
    if (indices.length > 0) return takeImages(set, indices);
    throw new LatentkitError('E_RANGE', `anomalyTask: no example is ordinary by ${type} of class ${label}`);
  };
  const isAnomaly = Uint8Array.from(labelsOf(test), (one) => (isOdd(one) ? 1 : 0));
  if (!isAnomaly.includes(1)) {
    throw new LatentkitError('E_RANGE', `anomalyTask: no example is an anomaly by ${type} of class ${label}`);
  }
  return { train: ordinary(dataset.train), validation: ordinary(dataset.validation), test, isAnomaly };
}

function labelsOf({ labels }: ImageSet): number[] {
  if (labels) return Array.from(labels);
  throw new LatentkitError('E_USAGE', 'anomalyTask: expected examples with labels');
}
