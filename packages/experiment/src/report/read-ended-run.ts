import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import type { RunEnd } from '../files/run-end.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import { readKeptWeights } from '../store/read-kept-weights.ts';
import { checkDataOf } from '../store/read-saved-run.ts';
import { type RunSummary, readSummary } from '../store/read-summary.ts';
import type { RunFiles } from '../store/run-store.ts';
import type { EndedRun } from './draw-report.ts';
import { readExtras } from './read-extras.ts';

export interface ReadEndedRunOptions {
  /** The data that the run was made with. */
  dataset: Dataset<Examples>;
  smoothing?: number | undefined;
  /** Hears what the reader of the report should know beside it. */
  onNote?: ((note: string) => void) | undefined;
  /** When and on what it is drawn: of a run that does not know its end. */
  now: () => Promise<Omit<RunEnd, 'epochs' | 'testLoss'>>;
}

/** What a run's report is made of, read from its files, as far as it is. */
export interface ReadEndedRun extends EndedRun {
  readonly state: RunSummary['state'];
}

/**
 * Reads what a run's report is made of, of one that was stopped or is being written, too. Changes nothing.
 *
 * @throws `E_NOT_FOUND` where there is no run, or no epoch is done yet; `E_USAGE` for other data than the run's; `E_FORMAT`, `E_CONFIG`,
 * `E_SHAPE` for a damaged file; `E_IO` where one cannot be read.
 */
export async function readEndedRun(
  files: RunFiles,
  { dataset, smoothing, onNote, now }: ReadEndedRunOptions,
): Promise<ReadEndedRun> {
  const summary = await readSummary(files);
  const { config, history, reason, state } = summary;
  const isImported = config.training.epochs === 0;
  if (history.length === 0 && !isImported) throw nothingYet(files);
  await checkDataOf(files, dataset);
  const model = createModel(modelSpecOf(config, dataset.train.shape, dataset.columns));
  const { weights, epoch, batch } = await readKeptWeights(files, summary, Object.keys(model.parameterShapes));
  if (epoch === 0 && !isImported) throw nothingYet(files); // killed between the first row and its checkpoint
  if (batch > 0) {
    onNote?.(
      `the weights have learned from ${batch} batches of epoch ${epoch + 1}, too: the run keeps its last ones`,
    );
  }
  return {
    ...{ state, config, model, dataset, smoothing },
    end: { reason, epoch, history, weights },
    ended: summary.end ?? (await now()),
    isDrawnLater: summary.end === undefined,
    isWriting: state === 'writing',
    extras: await readExtras(files, { onNote }),
  };
}

function nothingYet({ where }: RunFiles): LatentkitError {
  return new LatentkitError('E_NOT_FOUND', `${where}: no epoch of this run is done yet`, {
    fix: 'There is something to report after the first one',
  });
}
