import { checkOptions, checkValue, pathRule } from '@latentkit/core/options';
import {
  type AnomalyDetectorOptions,
  createAnomalyDetector,
  type FittedThreshold,
  type SavedDetector,
} from '@latentkit/evaluation';
import { withRun } from '../with-run.ts';
import { FIT_RULES } from './anomaly-rules.ts';
import { type AnomalyWork, fitOnOrdinary, type OrdinaryOptions } from './fit-on-ordinary.ts';

export interface FitAnomaliesOptions
  extends OrdinaryOptions,
    AnomalyWork,
    Pick<AnomalyDetectorOptions, 'score' | 'samples' | 'neighbors'> {
  workers?: number;
}

export interface FitAnomalies {
  readonly detector: SavedDetector;
  readonly fitted: FittedThreshold;
  /** What the ordinary examples are, and of what: 'validation images', and 'digits' or a file. */
  readonly what: string;
  readonly source: string;
  /** What the reader should know of the share of false alarms. */
  readonly note?: string;
}

/**
 * The first step of `findAnomalies`, for who scores examples in parts: one threshold for all of them.
 *
 * @throws as `findAnomalies`.
 * @example
 * const { detector } = await fitAnomalies('runs/first', { score: 'elbo' });
 */
export async function fitAnomalies(
  directory: string,
  options: FitAnomaliesOptions = {},
): Promise<FitAnomalies> {
  checkValue('fitAnomalies', 'directory', directory, pathRule);
  checkOptions('fitAnomalies', options, FIT_RULES);
  const { score, samples, neighbors, workers, onProgress, onDownload, onNote, signal, ...which } = options;
  return withRun(directory, { workers, onNote }, async (opened) => {
    const { run, accelerator } = opened;
    const detector = createAnomalyDetector(run, { score, samples, neighbors, accelerator });
    const work = { onProgress, onDownload, onNote, signal };
    const { fitted, note, ordinary } = await fitOnOrdinary(opened, detector, which, work);
    return {
      detector: await detector.save(),
      fitted,
      ...{ what: ordinary.what, source: ordinary.source },
      ...(note !== undefined && { note }),
    };
  });
}
