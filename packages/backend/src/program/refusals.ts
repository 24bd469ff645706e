import { LatentkitError, missingGradient } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';

const BY_STEP = 'Compare by tf.step of a difference, and multiply by what it gives';
const BY_PRODUCT =
  'Choose columns by a product with a constant matrix, as select of @latentkit/losses/ops does';

/** What to do instead of a tfjs kernel that cannot be recorded, where there is a way. */
const INSTEAD: Readonly<Record<string, string>> = {
  [tf.Concat]: 'Multiply each part by a kernel of its own and add the products',
  [tf.Pack]: 'Multiply each part by a kernel of its own and add the products',
  [tf.Slice]: BY_PRODUCT,
  [tf.StridedSlice]: BY_PRODUCT,
  [tf.SplitV]: BY_PRODUCT,
  [tf.Unpack]: BY_PRODUCT,
  [tf.GatherV2]: 'Multiply by a one-hot matrix that is an input',
  [tf.OneHot]: 'Give the one-hot rows as an input',
  [tf.Transpose]: 'Use transposeA and transposeB of tf.matMul',
  [tf.ExpandDims]: 'Use tf.reshape',
  [tf.Tile]: 'Multiply by tf.ones of the larger shape',
  [tf.BatchMatMul]: 'Multiply by one matrix, with the batch and the rows in one dimension',
  [tf.Pow]: 'Use tf.square, or tf.exp of a multiple of tf.log',
  [tf.Rsqrt]: 'Use tf.reciprocal of tf.sqrt',
  [tf.Min]: 'Use tf.neg of tf.max of tf.neg',
  [tf.AddN]: 'Use tf.add',
  [tf.Greater]: BY_STEP,
  [tf.GreaterEqual]: BY_STEP,
  [tf.Less]: BY_STEP,
  [tf.LessEqual]: BY_STEP,
  [tf.Equal]: BY_STEP,
  [tf.Select]: BY_STEP,
  [tf.Cast]: BY_STEP,
};

/** A kernel that cannot be recorded, by name, and what to do. */
export function refusal(kernelName: string, what = '', cause?: unknown): LatentkitError {
  const instead = INSTEAD[kernelName];
  return new LatentkitError('E_BACKEND', `record: ${kernelName}${what} cannot be recorded`, {
    fix: instead ? `${instead}; or train without an accelerator` : 'Train without an accelerator',
    cause,
  });
}

/** tfjs's own words where a backend lacks a kernel or a kernel a gradient, as errors that say what to do. */
export function explainTfjs(error: unknown, backendName: string): unknown {
  if (!(error instanceof Error)) return error;
  const [, kernelName] = /^Kernel '(.*?)' not registered for backend '(?:.*?)'/.exec(error.message) ?? [];
  if (kernelName && error.message.includes(`'${backendName}'`)) return refusal(kernelName, '', error);
  return missingGradient(error) ?? error;
}
