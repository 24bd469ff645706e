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
 * which the columns `mean_1`, `mean_2`, ... are taken where there are such, and a column `label` is none of a code.
 *
 * @throws `E_SHAPE` for codes of another length, naming both, or none; `E_NOT_FINITE` for NaN, and for what float32 does not
 * reach to; as reading a table does.
 * @example
 * const codes = await readCodes('codes.csv', { latentDim: run.spec.latentDim });
 */
export async function readCodes(path: string, options: ReadCodesOptions): Promise<Float32Array> {
  checkOptions('readCodes', options, RULES);
  const { latentDim, onNote } = options;
  const { shape, data, columns } = await readTable(path, { onNote, textColumn: 'label' }).catch(
    (error: LatentkitError) => {
      if (error.code !== 'E_UNKNOWN_NAME') throw error;
      return readTable(path, { onNote });
    },
  );
  const size = shape.at(-1) ?? 0;
  const means = (columns ?? []).flatMap((name, i) => (MEAN.test(name) ? [i] : []));
  const places = means.length > 0 ? means : Array.from({ length: size }, (_, i) => i);
  if (data.length === 0) throw new LatentkitError('E_SHAPE', `${path}: expected codes, a row each, got none`);
  if (places.length !== latentDim || shape.length > 2) {
    const got = shape.length > 2 ? `an array of [${shape.join(', ')}]` : `${places.length} in a row`;
    throw new LatentkitError(
      'E_SHAPE',
      `${path}: expected codes of ${latentDim} number${latentDim === 1 ? '' : 's'}, as the model has them, got ${got}`,
    );
  }
  const codes = new Float32Array((data.length / size) * latentDim);
  for (let i = 0; i < codes.length; i++) {
    const [row, place] = [Math.floor(i / latentDim), places[i % latentDim]!];
    const value = data[row * size + place]!;
    codes[i] = Number(value);
    if (Number.isFinite(codes[i])) continue;
    throw new LatentkitError(
      'E_NOT_FINITE',
      `${path}: row ${row + 1}, column ${place + 1}: expected a finite number of float32, got ${value}`,
    );
  }
  return codes;
}
