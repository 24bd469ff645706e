import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { encodeSafetensors, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { type Sampler, samplerRule } from '../samplers/sampler.ts';
import { SAMPLERS } from '../samplers/samplers.ts';

const TYPE_KEY = 'latentkit.sampler';

/**
 * A sampler as a file: safetensors, with what it is in the header.
 *
 * @throws `E_USAGE` for what is no sampler, or one that {@link loadSampler} would not know.
 * @example
 * await writeFile('mixture.safetensors', saveSampler(fitGaussianMixture(codes, { latentDim: 5 })));
 */
export function saveSampler(sampler: Sampler): Uint8Array<ArrayBuffer> {
  checkValue('saveSampler', 'sampler', sampler, samplerRule);
  const { type, arrays } = sampler;
  if (!SAMPLERS.some((kind) => kind.type === type)) {
    throw new LatentkitError('E_USAGE', `saveSampler: a sampler of type '${type}' could not be loaded again`);
  }
  return encodeSafetensors(arrays, { [TYPE_KEY]: type });
}

/**
 * A sampler from its file: it draws the codes that the saved one did, bit for bit.
 *
 * @throws `E_FORMAT` for a file that is damaged, or of no sampler.
 * @example
 * const from = loadSampler(await readFile('mixture.safetensors'));
 * const pictures = trained.sample({ count: 64, from });
 */
export function loadSampler(bytes: Uint8Array): Sampler {
  let arrays: NamedArrays;
  let type: string | undefined;
  try {
    const { tensors, metadata } = parseSafetensors(bytes);
    [arrays, type] = [toFloat32Arrays(tensors), metadata[TYPE_KEY]];
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `loadSampler: ${(cause as Error).message}`, { cause });
  }
  const kind = SAMPLERS.find((one) => one.type === type);
  if (kind) return kind.restore(arrays);
  const known = SAMPLERS.map((one) => `'${one.type}'`).join(' or ');
  throw new LatentkitError(
    'E_FORMAT',
    `loadSampler: expected a file of a sampler, ${known}, got ${type ? `'${type}'` : 'none'}`,
    {
      fix: 'Give what saveSampler wrote',
    },
  );
}
