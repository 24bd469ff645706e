import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { having } from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';

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
 * Whoever runs an exported decoder would take means and logits of columns for pixels; a kind with more parts than an encoder and a
 * decoder would lose them.
 *
 * @throws `E_USAGE` for a model of a table, or of such a kind.
 */
export function refuseUnwritable(where: string, { likelihood, kind }: ModelSpec): void {
  if (kind !== 'vae' && kind !== 'autoencoder') {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: a model of kind '${kind}' has parts that no exported network has: it cannot be written for other programs`,
      { fix: 'Load it with loadModel of @latentkit/models/saved, or use kind vae' },
    );
  }
  if (likelihood.type !== 'columns') return;
  throw new LatentkitError(
    'E_USAGE',
    `${where}: the model is of a table, whose columns no exported network writes again`,
    {
      fix: 'sampleRows (the command sample) gives its rows as CSV.',
    },
  );
}
