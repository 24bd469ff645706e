import { LatentkitError, type NamedArrays } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  flagRule,
  having,
  needed,
  type OptionRules,
  seedRule,
  whole,
} from '@latentkit/core/options';
import type { TableColumn } from '@latentkit/core/table';
import { decodeTable } from '@latentkit/datasets';
import type { Decimal } from '@latentkit/formats';
import { columnDeviations } from '@latentkit/losses';
import type { Sampler, TrainedModel } from '@latentkit/models';
import { tableColumnsOf } from '../model-spec-of.ts';

export interface SampleRowsOptions {
  count: number;
  /** 0 by default. Row `i` depends on it and on `i` alone. */
  seed?: number;
  /** Where codes come from instead of the prior. */
  from?: Sampler;
  /** Which class a conditional model is told. */
  label?: number;
  /** The likeliest cells of each code, without the noise of the columns. */
  likeliest?: boolean;
}

/** Rows of a table under their columns' names. */
export interface DecodedRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
  /** What stood before the decimals of the table that the model learned from. */
  readonly decimal: Decimal;
}

export interface SampledRows extends DecodedRows {
  /** Their codes, `[count, latent]`. */
  readonly latent: Float32Array;
}

const RULES: OptionRules<SampleRowsOptions> = {
  ...{ count: needed(whole(1)), seed: seedRule, label: whole(0), likeliest: flagRule },
  from: anything, // sampleCodes looks at it
};

/**
 * Rows that a model of a table makes: codes drawn from its prior, and each cell from what the decoder says of its column, in the
 * units and words of the table that it learned from.
 *
 * @throws `E_USAGE` for a model of images, and for a plain autoencoder; `E_LIMIT` for more than memory holds.
 * @example
 * const { columns, rows, decimal } = sampleRows(await loadRun('runs/trees'), { count: 100, seed: 1 });
 * await writeFile('more-trees.csv', encodeCsvText(columns, rows, { decimal }));
 */
export function sampleRows(
  run: Pick<TrainedModel, 'spec' | 'sampleCodes' | 'decode'> & { readonly weights: NamedArrays },
  options: SampleRowsOptions,
): SampledRows {
  checkValue(
    'sampleRows',
    'run',
    run,
    having('a loaded run', { spec: 'object', weights: 'object', decode: 'function' }),
  );
  checkOptions('sampleRows', options, RULES);
  columnsOf(run, 'sampleRows');
  const { count, seed = 0, from, label, likeliest = false } = options;
  const latent = run.sampleCodes({ count, seed, ...(from && { from }) });
  const means = run.decode(latent, label === undefined ? {} : { label });
  return { ...decodeRows(run, means, likeliest ? {} : { seed }), latent };
}

const modelRule = having("a model's spec and weights", { spec: 'object', weights: 'object' });

/**
 * Rows of a table, of what a model's decoder says of its columns `[rows, width]`, in the units and words of the table that it learned
 * from: drawn from each column's distribution by a seed, or the likeliest without one.
 *
 * @throws `E_USAGE` for a model of images; as `decodeTable`.
 * @example
 * const { rows } = decodeRows(run, run.decode(latent), { seed: 1 });
 */
export function decodeRows(
  run: Pick<TrainedModel, 'spec'> & { readonly weights: NamedArrays },
  means: ArrayLike<number>,
  options: { seed?: number } = {},
): DecodedRows {
  checkValue('decodeRows', 'run', run, modelRule);
  checkOptions('decodeRows', options, { seed: seedRule });
  const columns = columnsOf(run, 'decodeRows');
  const { seed } = options;
  const logSigma = run.weights['likelihood.logSigma'];
  const noise = seed !== undefined && { seed, ...(logSigma && { sigma: columnDeviations(logSigma.data) }) };
  return {
    columns: columns.map(({ name }) => name),
    rows: decodeTable(columns, means, noise || {}),
    decimal: columns.some((column) => column.type === 'gaussian' && column.decimal === ',') ? ',' : '.',
  };
}

function columnsOf({ spec }: Pick<TrainedModel, 'spec'>, caller: string): readonly TableColumn[] {
  const columns = tableColumnsOf(spec);
  if (columns) return columns;
  throw new LatentkitError('E_USAGE', `${caller}: the model is one of images, and has no columns`, {
    fix: 'sampleModel gives its samples as pictures.',
  });
}
