import type { Dataset, Examples, NamedArrays } from '@latentkit/core';
import {
  anything,
  checkOptions,
  functionRule,
  needed,
  type OptionRules,
  objectRule,
} from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';
import type { FigureModel } from '../figures/run-figure.ts';
import type { RunEnd } from '../files/run-end.ts';
import { environmentHere } from '../store/environment-here.ts';
import type { RunSummary } from '../store/read-summary.ts';
import type { RunFiles } from '../store/run-store.ts';
import { checkFiles } from '../store/store-rules.ts';
import { type DrawnReport, drawReport } from './draw-report.ts';
import { readEndedRun } from './read-ended-run.ts';

export interface ReportOfRunOptions {
  /** The data that the run was made with. */
  dataset: Dataset<Examples>;
  /** Makes its model ready to use; it is disposed of afterwards. */
  openModel: (spec: ModelSpec, weights: NamedArrays) => Promise<FigureModel & { dispose(): unknown }>;
  /** Epochs of the loss curves' moving average; by default 7 of a run of 21 epochs or more, and none of a shorter one. */
  smoothing?: number;
  /** Hears what the reader of the report should know beside it. */
  onNote?: (note: string) => void;
  /** When a run ended that does not know it itself; now by default. */
  date?: () => Date;
  /** What it is drawn on, of such a run; tfjs's version and the browser's name by default. */
  environment?: RunEnd['environment'];
}

const RULES: OptionRules<ReportOfRunOptions> = {
  dataset: needed(objectRule),
  openModel: needed(functionRule),
  smoothing: anything,
  onNote: functionRule,
  date: functionRule,
  environment: objectRule,
};

/** A run's page, the figures in it, and how far the run is. */
export interface RunReport extends DrawnReport {
  readonly state: RunSummary['state'];
}

/**
 * The report of a run wherever its files lie, in a page too: what `reportRun` writes of the same files, byte for byte but for what a script imports
 * where the package is not installed. It makes no maps that there are not.
 *
 * @throws `E_NOT_FOUND` where there is no run, or no epoch is done yet; `E_USAGE` for other data than the run's; `E_FORMAT`, `E_CONFIG`,
 * `E_SHAPE` for a damaged file; `E_RANGE` for a smoothing that is no whole number of at least 1; `E_IO` where a file cannot be read; what
 * `openModel` throws.
 * @example
 * const openModel = (spec, weights) => openTrainedModel(spec, weights, { accelerator });
 * const { html } = await reportOfRun(store.files('first'), { dataset, openModel });
 */
export async function reportOfRun(files: RunFiles, options: ReportOfRunOptions): Promise<RunReport> {
  checkFiles('reportOfRun', files);
  checkOptions('reportOfRun', options, RULES);
  const { openModel, date = () => new Date(), environment = environmentHere(), ...reading } = options;
  const now = async () => ({ finishedAt: date().toISOString(), environment });
  const run = await readEndedRun(files, { ...reading, now });
  const trained = await openModel(run.model.spec, run.end.weights);
  try {
    return { ...(await drawReport(run, { trained })), state: run.state };
  } finally {
    await trained.dispose();
  }
}
