import { checkValue, pathRule } from '@latentkit/core/options';
import { type RunSummary, readSummary } from '../store/read-summary.ts';
import { runFolder } from './run-folder.ts';

/** What a run's small files say of it: all but its weights. */
export interface RunRecord extends RunSummary {
  readonly directory: string;
}

/**
 * Reads a run's small files, of one that was stopped or is being written, too. Changes nothing.
 *
 * @throws `E_NOT_FOUND` where there is no run; `E_FORMAT`, `E_CONFIG` for a damaged file, and one of a newer Latentkit.
 * @example
 * const { history, keptEpoch } = await readRunRecord('runs/first');
 */
export async function readRunRecord(directory: string): Promise<RunRecord> {
  checkValue('readRunRecord', 'directory', directory, pathRule);
  return { directory, ...(await readSummary(runFolder(directory))) };
}
