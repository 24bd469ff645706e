import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { having } from '@latentkit/core/options';
import type { Model, ModelSpec } from '@latentkit/models';

/** A trained model, as `loadModel`, `loadRun` and `readSavedRun` give it. */
export interface ModelToExport {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  /** The epoch whose weights these are. */
  readonly epoch?: number;
}

export const exportRule = having(
  'a trained model',
  { spec: 'object', weights: 'object' },
  'loadModel and loadRun give one',
);

/** A model that came back, for `createTrainedModel`, `openTrainedModel` and `saveModel`. */
export interface ImportedModel {
  readonly spec: ModelSpec;
  readonly weights: NamedArrays;
  readonly epoch: number;
  /** What the files leave open and was taken for granted, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * The function that an exported decoder ends with: whoever runs it takes what it gives for pixels.
 *
 * @throws `E_USAGE` for a model whose decoder gives no means: of a table, columns; of others, what a formula makes means of.
 */
export function outputToExport(
  where: string,
  { spec, likelihood }: Pick<Model, 'spec' | 'likelihood'>,
): NonNullable<Model['likelihood']['output']> {
  if (likelihood.output) return likelihood.output;
  const { type } = spec.likelihood;
  const [why, fix] =
    type === 'columns'
      ? [
          'the model is of a table, whose columns no exported network writes again',
          'sampleRows (the command sample) gives its rows as CSV, encodeRun (encode) its codes.',
        ]
      : [
          `the means of '${type}' are no function that exported networks end with`,
          "decode and sample of a loaded model give them; or train with 'discretisedLogistic', 'betaBinomial' or 'bernoulli'.",
        ];
  throw new LatentkitError('E_USAGE', `${where}: ${why}`, { fix });
}

/**
 * A kind with more parts than an encoder and a decoder would lose them.
 *
 * @throws `E_USAGE` for a model of such a kind.
 */
export function refuseKind(where: string, { kind }: ModelSpec): void {
  if (kind === 'vae' || kind === 'autoencoder') return;
  throw new LatentkitError(
    'E_USAGE',
    `${where}: a model of kind '${kind}' has parts that no exported network has: it cannot be written for other programs`,
    {
      fix: 'Load it with loadModel of @latentkit/models/saved (model.safetensors holds its weights by name), or train one of kind vae',
    },
  );
}
