import { LatentkitError } from '@latentkit/core';
import { parseSavedModel } from '@latentkit/models';
import { type EndEvent, FRESH_PATIENCE, type MetricsRow, stopEarly } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { parseHistory } from '../files/checkpoint-file.ts';
import { parseRunEnd, type RunEnd } from '../files/run-end.ts';
import { RUN_FILES } from '../files/run-files.ts';
import { readRunConfig, readRunFile, readRunJson } from './read-run-file.ts';
import type { RunFiles } from './run-store.ts';
import { checkFiles } from './store-rules.ts';

/** What a run's small files say of it: all but its weights. */
export interface RunSummary {
  readonly config: ExperimentConfig;
  /** A row an epoch that is done. */
  readonly history: readonly MetricsRow[];
  /** `finished`; `stopped` before its end, by somebody or by accident; `writing`: somebody is at it. */
  readonly state: 'finished' | 'stopped' | 'writing';
  /** Why training ended, or `aborted` as long as it has not. */
  readonly reason: EndEvent['reason'];
  /** The epoch whose weights it keeps, as far as it is; 0 before the first. */
  readonly keptEpoch: number;
  /** Whether `model.safetensors` holds those weights; the checkpoint has them otherwise. */
  readonly hasModel: boolean;
  /** When and on what training ended; runs that were killed do not know, and those of older Latentkits. */
  readonly end: RunEnd | undefined;
}

/**
 * Reads a run's small files, of one that was stopped or is being written, too. Changes nothing.
 *
 * @throws `E_NOT_FOUND` where there is no run; `E_FORMAT`, `E_CONFIG` for a damaged file, and one of a newer Latentkit; `E_IO` where one
 * cannot be read.
 * @example
 * const { history, keptEpoch } = await readSummary(store.files('first'));
 */
export async function readSummary(files: RunFiles): Promise<RunSummary> {
  checkFiles('readSummary', files);
  const config = await readRunConfig(files);
  const lock = await files.state();
  const history = await readHistory(files);
  const saved = (await files.has(RUN_FILES.model))
    ? parseSavedModel(await readRunJson(files, RUN_FILES.model), files.pathOf(RUN_FILES.model))
    : undefined;
  const written = (await files.has(RUN_FILES.end)) ? await readEnd(files) : undefined;
  if (written && written.epochs > history.length) {
    throw new LatentkitError(
      'E_FORMAT',
      `${files.pathOf(RUN_FILES.metrics)} tells of ${history.length} epochs, and ${RUN_FILES.end} of ${written.epochs}`,
      { fix: 'The file is cut off: get it anew' },
    );
  }
  const isLater = written !== undefined && written.epochs < history.length;
  const hasModel = saved !== undefined && !isLater;
  const reason = reasonOf(config, history);
  return {
    ...{ config, history, reason, hasModel },
    state: lock === 'held' ? 'writing' : hasModel && reason !== 'aborted' ? 'finished' : 'stopped',
    keptEpoch: hasModel ? saved.epoch : keptEpochOf(config, history),
    end: isLater ? undefined : written,
  };
}

/** A run's `end.json`. */
export async function readEnd(files: RunFiles): Promise<RunEnd> {
  return parseRunEnd(await readRunJson(files, RUN_FILES.end), files.pathOf(RUN_FILES.end));
}

/** The rows of epochs; a last line that was being written when its process died is none. */
async function readHistory(files: RunFiles): Promise<MetricsRow[]> {
  if (!(await files.has(RUN_FILES.metrics))) return [];
  const text = new TextDecoder().decode(await readRunFile(files, RUN_FILES.metrics));
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return parseHistory(whole, Number.MAX_SAFE_INTEGER, files.pathOf(RUN_FILES.metrics));
}

/** Epochs are compared by their loss under the final weights of the terms; one that is no number is the worst. */
function targetOf({ valLoss, valTarget = valLoss }: MetricsRow): number {
  return Number.isFinite(valTarget) ? valTarget : Number.POSITIVE_INFINITY;
}

function reasonOf(
  { training: { epochs, earlyStopping } }: ExperimentConfig,
  history: readonly MetricsRow[],
): EndEvent['reason'] {
  let state = FRESH_PATIENCE;
  if (earlyStopping) {
    for (const row of history) {
      const judged = stopEarly(earlyStopping, state, targetOf(row));
      if (judged.stop) return 'stoppedEarly';
      state = judged.state;
    }
  }
  return history.length >= epochs ? 'completed' : 'aborted';
}

function keptEpochOf(
  { training: { keep = 'best', earlyStopping } }: ExperimentConfig,
  history: readonly MetricsRow[],
): number {
  if (keep === 'last') return history.length;
  const least = earlyStopping?.minDelta ?? 0;
  let best: MetricsRow | undefined;
  for (const row of history) {
    if (best === undefined || targetOf(row) < targetOf(best) - least) best = row;
  }
  return best?.epoch ?? 0;
}
