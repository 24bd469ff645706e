import { checkValue, having } from '@latentkit/core/options';

const tensorRule = having('a tensor', { shape: 'object', rank: 'number' }, 'tf.tensor(...) makes one');
const gaussianRule = having('{ mean, logVar }, two tensors', { mean: 'object', logVar: 'object' });

/** Throws `E_USAGE` unless all are tensors, by their names. */
export function checkTensors(where: string, tensors: Readonly<Record<string, unknown>>): void {
  for (const name in tensors) checkValue(where, name, tensors[name], tensorRule);
}

/** Throws `E_USAGE` unless it is a normal distribution as two tensors. */
export function checkGaussian(where: string, name: string, gaussian: unknown): void {
  checkValue(where, name, gaussian, gaussianRule);
  const { mean, logVar } = gaussian as { mean: unknown; logVar: unknown };
  checkTensors(where, { [`${name}.mean`]: mean, [`${name}.logVar`]: logVar });
}
