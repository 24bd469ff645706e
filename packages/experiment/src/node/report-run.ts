import { join } from 'node:path';
import { startWasmBackend } from '@latentkit/backend';
import type { Dataset, Examples } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  needed,
  type OptionRules,
  objectRule,
  pathRule,
} from '@latentkit/core/options';
import { svgToPng } from '@latentkit/figures/node';
import { makeFolder, writeAtomically } from '@latentkit/formats/node';
import type { FigureResult } from '../figures/figure-result.ts';
import { figurePath, RUN_FILES } from '../files/run-files.ts';
import { readEndedRun } from '../report/read-ended-run.ts';
import type { RunSummary } from '../store/read-summary.ts';
import { checkNoLinkOut } from './check-no-link-out.ts';
import { describeEnvironment } from './describe-environment.ts';
import { tidyAbandonedRun } from './find-run.ts';
import { finishReport } from './finish-report.ts';
import { runFolder } from './run-folder.ts';
import { lockFolder } from './run-lock.ts';

export interface ReportRunOptions {
  /** The data that the run was made with. */
  dataset: Dataset<Examples>;
  /** Epochs of the loss curves' moving average; by default 7 of a run of 21 epochs or more, and none of a shorter one. */
  smoothing?: number;
  /** Writes the page there, and leaves the run as it is. */
  out?: string;
  /** Hears what the reader of the report should know beside it. */
  onNote?: (note: string) => void;
  /** When a run ended that does not know it itself; now by default. */
  date?: () => Date;
}

const RULES: OptionRules<ReportRunOptions> = {
  dataset: needed(objectRule),
  smoothing: anything,
  out: pathRule,
  onNote: functionRule,
  date: functionRule,
};

/** What `reportRun` wrote. */
export interface WrittenReport {
  /** The page. */
  readonly report: string;
  readonly figures: readonly FigureResult[];
  readonly state: RunSummary['state'];
  /** Epochs done, and the one whose weights are shown. */
  readonly epochs: number;
  readonly keptEpoch: number;
}

/**
 * Draws the figures and the report of a run anew, in its folder: of one from another machine or an older Latentkit, with the maps and the
 * evaluation that were made since, or of one that was stopped, whose model so far it shows.
 *
 * @throws `E_NOT_FOUND` where there is no run, or no epoch is done yet; `E_USAGE` for other data than the run's; `E_EXISTS`
 * while another process writes there (`out` does not mind); `E_FORMAT`, `E_CONFIG`, `E_SHAPE` for a damaged file; `E_RANGE` for a
 * smoothing that is no whole number of at least 1; `E_IO` when the disk refuses.
 * @example
 * const { report } = await reportRun('runs/first', { dataset: await loadDataset({ name: 'mnist' }) });
 */
export async function reportRun(directory: string, options: ReportRunOptions): Promise<WrittenReport> {
  checkValue('reportRun', 'directory', directory, pathRule);
  checkOptions('reportRun', options, RULES);
  const { dataset, smoothing, out, onNote, date = () => new Date() } = options;
  await tidyAbandonedRun(directory);
  await startWasmBackend();
  const run = await readEndedRun(runFolder(directory), {
    ...{ dataset, smoothing, onNote },
    now: async () => ({ finishedAt: date().toISOString(), environment: await describeEnvironment() }),
  });
  const { state, end } = run;
  const about = { state, epochs: end.history.length, keptEpoch: end.epoch };
  const report = out ?? join(directory, RUN_FILES.report);
  const writeReport = (html: string) => writeAtomically(report, html);
  if (out !== undefined) {
    const figures = await finishReport({ path: directory, writeFigure: async () => {}, writeReport }, run, {
      leavesMaps: true,
    });
    return { report, figures, ...about };
  }
  await checkNoLinkOut(directory);
  const lock = await lockFolder(directory);
  try {
    await makeFolder(join(directory, 'figures'));
    const writeFigure = async (figure: FigureResult) => {
      await lock.check();
      if ('missing' in figure) return;
      await writeAtomically(join(directory, figurePath(figure.name, 'svg')), figure.svg);
      await writeAtomically(join(directory, figurePath(figure.name, 'png')), await svgToPng(figure.svg));
    };
    const figures = await finishReport({ path: directory, writeFigure, writeReport }, run);
    return { report, figures, ...about };
  } finally {
    await lock.release();
  }
}
