import {
  anything,
  checkOptions,
  checkValue,
  needed,
  type OptionRules,
  objectRule,
  pathRule,
  whole,
} from '@latentkit/core/options';
import { loadAnomalyDetector, type SavedDetector } from '@latentkit/evaluation';
import { shardRule } from '../shard.ts';
import { withRun } from '../with-run.ts';
import { DATA_RULES, WORK_RULES, WORST, worstRule } from './anomaly-rules.ts';
import type { AnomalyWork } from './fit-on-ordinary.ts';
import { type LookedAtOptions, openLookedAt, type ScoredExamples, scoreExamples } from './score-examples.ts';

export interface ScoreAnomaliesOptions extends LookedAtOptions, AnomalyWork {
  /** What `fitAnomalies` found. */
  detector: SavedDetector;
  /** Of data that are a part themselves: how many examples are before their own. 0 by default. */
  first?: number;
  /** How many of the oddest are kept, to be shown; 12 by default. */
  worst?: number;
  workers?: number;
}

/** A part with its scores. */
export interface ScoredAnomalies extends ScoredExamples {
  /** What its examples are, and of what: 'validation images', and 'digits' or a file. */
  readonly what: string;
  readonly source: string;
}

const RULES: OptionRules<ScoreAnomaliesOptions> = {
  ...DATA_RULES,
  ...WORK_RULES,
  detector: needed(objectRule),
  shard: shardRule,
  limit: anything, // limitImages looks at it
  first: whole(0, 0xffffffff),
  worst: worstRule,
};

/**
 * The second step: scores of a part of the examples, each of which has the score that it has among all of them.
 *
 * @throws as `findAnomalies` and `loadAnomalyDetector`; `E_RANGE` for more shards than examples.
 * @example
 * const part = await scoreAnomalies('runs/first', { detector, data: 'others.npy', shard: { index: 0, count: 8 } });
 */
export async function scoreAnomalies(
  directory: string,
  options: ScoreAnomaliesOptions,
): Promise<ScoredAnomalies> {
  checkValue('scoreAnomalies', 'directory', directory, pathRule);
  checkOptions('scoreAnomalies', options, RULES);
  const { detector: saved, first = 0, worst = WORST, workers, ...more } = options;
  const { onProgress, onDownload, onNote, signal, ...which } = more;
  return withRun(directory, { workers, onNote }, async (opened) => {
    const { run, accelerator } = opened;
    const detector = await loadAnomalyDetector(run, saved, { accelerator });
    const part = await openLookedAt(opened, which, { onDownload, onNote, signal });
    const placed = { ...part, first: first + part.first };
    const scored = await scoreExamples(placed, detector, { worst, onProgress, signal });
    return { ...scored, what: part.what, source: part.source };
  });
}
