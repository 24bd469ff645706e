import { LatentkitError, pixelCount } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  listRule,
  needed,
  type OptionRule,
  type OptionRules,
  objectRule,
  pathRule,
  textRule,
} from '@latentkit/core/options';
import { loadAnomalyDetector, type SavedDetector } from '@latentkit/evaluation';
import { withRun } from '../with-run.ts';
import { WORK_RULES, WORST, worstRule } from './anomaly-rules.ts';
import { oddestFirst } from './oddest-first.ts';
import { type FoundAnomalies, rankExamples } from './rank-examples.ts';
import type { ScoredExamples } from './score-examples.ts';

export interface JoinAnomaliesOptions {
  /** What `fitAnomalies` found. */
  detector: SavedDetector;
  /** What was looked at, and the ordinary examples, as the page says: 'images of others.npy'. */
  of: string;
  clean: string;
  anomalous?: readonly (number | string)[];
  /** How many of the oddest are shown, of those that the parts kept; 12 by default. */
  worst?: number;
  workers?: number;
  onNote?: (note: string) => void;
  signal?: AbortSignal;
}

const RULES: OptionRules<JoinAnomaliesOptions> = {
  detector: needed(objectRule),
  of: needed(textRule),
  clean: needed(textRule),
  anomalous: listRule,
  worst: worstRule,
  workers: WORK_RULES.workers,
  onNote: WORK_RULES.onNote,
  signal: WORK_RULES.signal,
};

const partsRule: OptionRule = {
  ...listRule,
  be: 'be a list of what scoreAnomalies gave, one part at least',
  fits: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => Object(part).scores instanceof Float64Array),
};

/**
 * The last step: what `findAnomalies` finds of all examples, to the same bytes, from the scores of their parts in turn. The examples are
 * not read again.
 *
 * @throws `E_CHECKSUM` for parts that are not one behind the other; as `loadRun`, `loadAnomalyDetector` and, for `anomalous`, `findAnomalies`.
 * @example
 * const found = await joinAnomalies('runs/first', parts, { detector, of: 'images of others.npy', clean: 'validation images of digits' });
 */
export async function joinAnomalies(
  directory: string,
  parts: readonly ScoredExamples[],
  options: JoinAnomaliesOptions,
): Promise<FoundAnomalies> {
  checkValue('joinAnomalies', 'directory', directory, pathRule);
  checkValue('joinAnomalies', 'parts', parts, partsRule);
  checkOptions('joinAnomalies', options, RULES);
  const { detector: saved, worst = WORST, workers, onNote, ...told } = options;
  const scored = joinScored(parts, worst);
  return withRun(directory, { workers, onNote }, async (opened) => {
    const detector = await loadAnomalyDetector(opened.run, saved, { accelerator: opened.accelerator });
    return rankExamples(opened, detector, scored, told);
  });
}

/** The parts as one. */
function joinScored(parts: readonly ScoredExamples[], worst: number): ScoredExamples {
  const count = parts.reduce((sum, { first, scores }, at) => {
    if (first === sum) return sum + scores.length;
    throw new LatentkitError(
      'E_CHECKSUM',
      `joinAnomalies: part ${at} begins at example ${first}, and those before it end at ${sum}`,
      { fix: 'Give all parts in their order' },
    );
  }, 0);
  const scores = new Float64Array(count);
  const kept = new Map<number, readonly [part: ScoredExamples, row: number]>();
  for (const part of parts) {
    scores.set(part.scores, part.first);
    oddestFirst(part.scores)
      .subarray(0, part.oddest.count)
      .forEach((at, row) => void kept.set(part.first + at, [part, row]));
  }
  const { classNames, oddest } = parts[0]!;
  const shown = Array.from(oddestFirst(scores).subarray(0, worst), (at) => kept.get(at));
  const column = (of: (part: ScoredExamples) => ArrayLike<number> | undefined) =>
    parts.every(of) && Int32Array.from(parts.flatMap((part) => Array.from(of(part)!)));
  const [labels, places] = [column((part) => part.labels), column((part) => part.places)];
  return {
    ...{ first: 0, scores, oddest: takeOddest(oddest, shown) },
    ...(labels && { labels }),
    ...(classNames && { classNames }),
    ...(places && { places }),
  };
}

/** The oddest of all, from what the parts kept of theirs. */
function takeOddest(
  { shape, images: like }: ScoredExamples['oddest'],
  rows: readonly (readonly [part: ScoredExamples, row: number] | undefined)[],
): ScoredExamples['oddest'] {
  const pixels = pixelCount(shape);
  const numbers = rows.length * pixels;
  const images = like instanceof Uint8Array ? new Uint8Array(numbers) : new Float32Array(numbers);
  for (const [at, found] of rows.entries()) {
    if (!found) {
      throw new LatentkitError(
        'E_RANGE',
        `joinAnomalies: the parts kept fewer than the ${rows.length} oddest`,
        {
          fix: 'Give scoreAnomalies the same worst',
        },
      );
    }
    const [{ oddest }, row] = found;
    images.set(oddest.images.subarray(row * pixels, (row + 1) * pixels), at * pixels);
  }
  return { shape, count: rows.length, images };
}
