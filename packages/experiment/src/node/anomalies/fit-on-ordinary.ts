import { type Examples, LatentkitError } from '@latentkit/core';
import { type AnomalyDetector, type FittedThreshold, usualFalseAlarms } from '@latentkit/evaluation';
import type { LoadDatasetOptions } from '../load-dataset.ts';
import { loadRunImages, type RunImages, type RunImagesOptions } from '../load-run-images.ts';
import { labelsFor } from '../told-classes.ts';
import type { OpenedRun } from '../with-run.ts';
import { withLabels } from './with-labels.ts';

/** Which examples are ordinary, and what share of them may be called anomalies. */
export interface OrdinaryOptions extends Pick<RunImagesOptions, 'dataset' | 'dataDir' | 'data' | 'labels'> {
  /** A file of ordinary examples, for the threshold; by default the run's own validation examples, of a dataset or among `data`. */
  clean?: string;
  /** The share of ordinary examples that may be called anomalies; by default 0.01, or the smallest that so many can tell. */
  falseAlarms?: number;
}

/** How work on anomalies is heard of and stopped. */
export interface AnomalyWork {
  onProgress?: (fraction: number) => void;
  onDownload?: LoadDatasetOptions['onProgress'];
  onNote?: (note: string) => void;
  signal?: AbortSignal;
}

/** Fits a detector to a run's ordinary examples. */
export async function fitOnOrdinary(
  opened: OpenedRun,
  detector: AnomalyDetector,
  { clean, falseAlarms, ...which }: OrdinaryOptions,
  { onProgress, onDownload, onNote, signal }: AnomalyWork,
): Promise<{
  fitted: FittedThreshold;
  note: string | undefined;
  ordinary: Pick<RunImages<Examples>, 'title' | 'what' | 'source'>;
}> {
  const { run, directory } = opened;
  const loading = { onProgress: onDownload, onNote, signal };
  const { dataset, dataDir } = which;
  const ordinary =
    clean === undefined && run.config.dataset.name === 'arrays'
      ? await ownJudges(opened, which, signal)
      : await loadRunImages(run, directory, {
          ...(clean === undefined ? { part: 'validation' as const } : { data: clean }),
          ...(clean === undefined && dataset === undefined && dataDir !== undefined && { dataDir }),
          ...loading,
        });
  labelsFor(run, directory, ordinary.labels);
  const { count } = ordinary.set;
  const note = falseAlarms === undefined ? noteOf(count) : undefined;
  if (note !== undefined) onNote?.(note);
  const fitted = await detector.fit(withLabels(ordinary.set, ordinary.labels), {
    ...{ falseAlarms: falseAlarms ?? usualFalseAlarms(count), signal, onProgress },
  });
  return { fitted, note, ordinary };
}

/** Of a run of a person's own data: what it was judged by, which lies among what is looked at if that is where it was trained. */
async function ownJudges(
  { run, directory }: OpenedRun,
  { data, labels }: Pick<OrdinaryOptions, 'data' | 'labels'>,
  signal: AbortSignal | undefined, // notes are heard when all of the file is read
): Promise<RunImages<Examples>> {
  try {
    if (data !== undefined) {
      return await loadRunImages(run, directory, { data, labels, part: 'validation', signal });
    }
  } catch (error) {
    if (!(error instanceof LatentkitError) || error.code !== 'E_USAGE') throw error;
  }
  throw new LatentkitError(
    'E_USAGE',
    `${directory}: the threshold wants ordinary examples, and the run was made with data of your own`,
    {
      fix: 'Give their file with --clean PATH: of that which it was trained on, the validation part is taken',
    },
  );
}

/** Of the usual share of false alarms, that so many ordinary examples cannot tell it. */
function noteOf(examples: number): string | undefined {
  const [share, usual] = [examples, Number.MAX_SAFE_INTEGER].map(usualFalseAlarms);
  if (share === usual) return undefined;
  return `${examples} ordinary examples can tell no smaller share of false alarms than ${share}: more of them (--clean) would allow ${usual}`;
}
