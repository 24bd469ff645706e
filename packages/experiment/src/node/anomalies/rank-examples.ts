import { decodeTable } from '@latentkit/datasets';
import {
  ANOMALY_SCORES,
  type AnomalyDetector,
  auroc,
  averagePrecision,
  type FittedThreshold,
  type SavedDetector,
  wordingFor,
} from '@latentkit/evaluation';
import { anomalyPage } from '../../anomalies/anomaly-page.ts';
import { drawAnomalies } from '../../anomalies/draw-anomalies.ts';
import { reasonsOf } from '../../anomalies/reasons-of.ts';
import { tableColumnsOf } from '../../model-spec-of.ts';
import type { OpenedRun } from '../with-run.ts';
import { anomaliesAmong } from './anomalies-among.ts';
import { oddestFirst } from './oddest-first.ts';
import type { ScoredExamples } from './score-examples.ts';

/** One example, by how odd it is. */
export interface RankedExample {
  readonly index: number;
  readonly score: number;
  readonly isAnomaly: boolean;
  /** Its class, where it has one. */
  readonly label?: string;
  /** Of a row of a table: the columns that differ most, for those that are shown. */
  readonly why?: string;
}

export interface FoundAnomalies {
  readonly of: string;
  readonly things: 'images' | 'rows';
  /** What scores are of, in words. */
  readonly score: string;
  readonly fitted: FittedThreshold;
  /** The oddest first. */
  readonly ranked: readonly RankedExample[];
  /** AUROC and average precision, of what is known. */
  readonly ranking: readonly { readonly name: string; readonly title: string; readonly value: number }[];
  readonly detector: SavedDetector;
  /** The oddest with where they differ. */
  readonly svg: string;
  readonly html: string;
}

export interface RankOptions {
  /** Titles of what was looked at, and of the ordinary examples. */
  of: string;
  clean: string;
  /** Classes that are anomalies, where that is known. */
  anomalous?: readonly (number | string)[] | undefined;
  signal?: AbortSignal | undefined;
}

/** Ranks all examples that were scored, and says of the oddest what is odd about them. */
export async function rankExamples(
  { run, directory }: OpenedRun,
  detector: AnomalyDetector,
  { scores, labels, classNames, places, oddest }: ScoredExamples,
  { of, clean, anomalous, signal }: RankOptions,
): Promise<FoundAnomalies> {
  const fitted = detector.fitted!;
  const known = anomalous && anomaliesAmong({ labels, classNames, title: of }, anomalous);
  const say = wordingFor(run.spec);
  const placeOf = (index: number) => places?.[index] ?? index;
  const nameOf = (label: number) => (label < 0 ? 'none' : (classNames?.[label] ?? String(label)));
  const order = oddestFirst(scores);
  const shown = Array.from(order.subarray(0, oddest.count));
  const told = run.spec.condition && labels && { labels: Uint32Array.from(shown, (i) => labels[i]!) };
  const { heat, expected } = await detector.explain({ ...oddest, ...told }, { signal });
  const columns = tableColumnsOf(run.spec);
  const reasons =
    columns &&
    reasonsOf(decodeTable(columns, oddest.images), decodeTable(columns, expected), {
      ...{ heat, names: columns.map(({ name }) => name) },
    });
  const ranked = Array.from(
    order,
    (index, rank): RankedExample => ({
      ...{ index: placeOf(index), score: scores[index]!, isAnomaly: scores[index]! > fitted.threshold },
      ...(labels && { label: nameOf(labels[index]!) }),
      ...(reasons?.[rank] !== undefined && { why: reasons[rank] }),
    }),
  );
  const ranking = known
    ? [
        { name: 'auroc', title: 'AUROC', value: auroc(scores, known) },
        { name: 'averagePrecision', title: 'average precision', value: averagePrecision(scores, known) },
      ]
    : [];
  const title = ANOMALY_SCORES.find(({ name }) => name === detector.score)!.title;
  const anomalies = ranked.filter((one) => one.isAnomaly).length;
  const things = columns ? 'rows' : 'images';
  const svg = drawAnomalies({
    ...{ images: oddest.images, shape: oddest.shape, expected, heat, columns },
    captions: shown.map((index) => (columns ? `row ${placeOf(index)}` : String(placeOf(index)))),
    title: say(`The ${shown.length} oddest images`),
    subtitle: `of ${of}, by ${title}`,
  });
  const html = anomalyPage({
    ...{ run: directory, of, clean, score: title, things, fitted, ranking, svg },
    ...{ examples: scores.length, anomalies, worst: ranked.slice(0, shown.length) },
  });
  return {
    ...{ of, things, score: title, fitted, ranked, ranking, svg, html },
    detector: await detector.save(),
  };
}
