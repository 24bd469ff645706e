import { LatentkitError } from '@latentkit/core';
import { checkOptions, functionRule, needed, type OptionRules, whole } from '@latentkit/core/options';
import { readTable } from './read-vectors.ts';

export interface ReadCodesOptions {
  /** How many numbers a code has. */
  latentDim: number;
  /** Is told what was guessed about a table, a sentence each. */
  onNote?: (note: string) => void;
}

const RULES: OptionRules<ReadCodesOptions> = { latentDim: needed(whole(1)), onNote: functionRule };

const MEAN = /^mean_\d+$/;

/**
 * Codes of a file, `[count, latent]`: an `.npy` array of such a shape, or of one code; or a `.csv` table of a row each, of
 * which the columns `mean_1`, `mean_2`, ... are taken where there are such.
 *
 * @throws `E_SHAPE` for codes of another length, naming both; as reading a table does.
 * @example
 * const codes = await readCodes('codes.csv', { latentDim: run.spec.latentDim });
 */
export async function readCodes(path: string, options: ReadCodesOptions): Promise<Float32Array> {
  checkOptions('readCodes', options, RULES);
  const { latentDim, onNote } = options;
  const { shape, data, columns } = await readTable(path, { onNote });
  const size = shape.at(-1) ?? 0;
  const means = (columns ?? []).flatMap((name, i) => (MEAN.test(name) ? [i] : []));
  const places = means.length > 0 ? means : Array.from({ length: size }, (_, i) => i);
  if (places.length !== latentDim || shape.length > 2 || data.length === 0) {
    const got = shape.length > 2 ? `an array of [${shape.join(', ')}]` : `${places.length} in a row`;
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected codes of ${latentDim} number${latentDim === 1 ? '' : 's'}, as the model has them, got ${got}`,
    );
  }
  const codes = new Float32Array((data.length / size) * latentDim);
  for (let i = 0; i < codes.length; i++) {
    codes[i] = Number(data[Math.floor(i / latentDim) * size + places[i % latentDim]!]!);
  }
  return codes;
}
