import {
  anything,
  checkOptions,
  checkValue,
  listRule,
  type OptionRules,
  pathRule,
} from '@latentkit/core/options';
import { type AnomalyDetectorOptions, createAnomalyDetector } from '@latentkit/evaluation';
import { withRun } from '../with-run.ts';
import { anomaliesAmong } from './anomalies-among.ts';
import { FIT_RULES, WORST, worstRule } from './anomaly-rules.ts';
import { type AnomalyWork, fitOnOrdinary, type OrdinaryOptions } from './fit-on-ordinary.ts';
import { type FoundAnomalies, rankExamples } from './rank-examples.ts';
import { openLookedAt, scoreExamples } from './score-examples.ts';

export interface FindAnomaliesOptions
  extends OrdinaryOptions,
    AnomalyWork,
    Pick<AnomalyDetectorOptions, 'score' | 'samples' | 'neighbors'> {
  /** Classes that are anomalies, by name or number, where that is known: then it is measured how well they are told from the others. */
  anomalous?: readonly (number | string)[];
  /** How many of the oddest are shown; 12 by default. */
  worst?: number;
  /** Of the examples, the first so many; all by default. */
  limit?: number;
  workers?: number;
}

const RULES: OptionRules<FindAnomaliesOptions> = {
  ...FIT_RULES,
  anomalous: listRule,
  worst: worstRule,
  limit: anything,
};

/**
 * Ranks examples by how unlike those of a run's training they are: a threshold of the run's own validation examples, scores, and
 * what is odd about the oddest.
 *
 * @throws as `loadRun`, `loadRunImages` and `createAnomalyDetector`; `E_RANGE` for too few clean examples.
 * @example
 * const { ranked, html } = await findAnomalies('runs/first', { data: 'others.npy', falseAlarms: 0.01 });
 */
export async function findAnomalies(
  directory: string,
  options: FindAnomaliesOptions = {},
): Promise<FoundAnomalies> {
  checkValue('findAnomalies', 'directory', directory, pathRule);
  checkOptions('findAnomalies', options, RULES);
  const { clean, falseAlarms, anomalous, worst = WORST, limit, workers, ...more } = options;
  const { score, samples, neighbors, onProgress, onDownload, onNote, signal, ...which } = more;
  return withRun(directory, { workers, onNote }, async (opened) => {
    const { run, accelerator } = opened;
    const detector = createAnomalyDetector(run, { score, samples, neighbors, accelerator });
    const half = (from: number) => ({
      ...{ onDownload, onNote, signal },
      onProgress: (fraction: number) => onProgress?.((from + fraction) / 2),
    });
    const lookedAt = await openLookedAt(opened, { ...which, limit }, half(1));
    if (anomalous) anomaliesAmong(lookedAt, anomalous);
    const { ordinary } = await fitOnOrdinary(opened, detector, { ...which, clean, falseAlarms }, half(0));
    const scored = await scoreExamples(lookedAt, detector, { ...half(1), worst });
    const titles = { of: lookedAt.title, clean: ordinary.title };
    return rankExamples(opened, detector, scored, { ...titles, anomalous, signal });
  });
}
