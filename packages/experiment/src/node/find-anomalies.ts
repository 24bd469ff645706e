import { join } from 'node:path';
import { createAccelerator } from '@latentkit/backend';
import { type Examples, LatentkitError } from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  functionRule,
  listRule,
  type OptionRules,
  pathRule,
  signalRule,
  textRule,
  whole,
} from '@latentkit/core/options';
import { decodeTable, limitImages, readExamples } from '@latentkit/datasets';
import {
  ANOMALY_SCORES,
  type AnomalyDetectorOptions,
  auroc,
  averagePrecision,
  createAnomalyDetector,
  type FittedThreshold,
  type SavedDetector,
  usualFalseAlarms,
  wordingFor,
} from '@latentkit/evaluation';
import { svgToPng } from '@latentkit/figures/node';
import { encodeCsvText } from '@latentkit/formats';
import { diskError, makeFolders, writeTogether } from '@latentkit/formats/node';
import { anomalyPage } from '../anomalies/anomaly-page.ts';
import { drawAnomalies, inShort } from '../anomalies/draw-anomalies.ts';
import { ANOMALY_FILES } from '../files/run-files.ts';
import { tableColumnsOf } from '../model-spec-of.ts';
import type { LoadDatasetOptions } from './load-dataset.ts';
import { type LoadedRun, loadRun } from './load-run.ts';
import {
  type LoadRunImagesOptions,
  loadRunImages,
  type RunImages,
  type RunImagesOptions,
} from './load-run-images.ts';

export interface FindAnomaliesOptions
  extends Pick<RunImagesOptions, 'dataset' | 'dataDir' | 'data' | 'labels'>,
    Pick<AnomalyDetectorOptions, 'score' | 'samples' | 'neighbors'> {
  /** A file of ordinary examples, for the threshold; by default the run's own validation examples, of a dataset or among `data`. */
  clean?: string;
  /** The share of ordinary examples that may be called anomalies; by default 0.01, or the smallest that so many can tell. */
  falseAlarms?: number;
  /** Classes that are anomalies, by name or number, where that is known: then it is measured how well they are told from the others. */
  anomalous?: readonly (number | string)[];
  /** How many of the oddest are shown; 12 by default. */
  worst?: number;
  /** Of the examples, the first so many; all by default. */
  limit?: number;
  workers?: number;
  onProgress?: (fraction: number) => void;
  onDownload?: LoadDatasetOptions['onProgress'];
  onNote?: (note: string) => void;
  signal?: AbortSignal;
}

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

const RULES: OptionRules<FindAnomaliesOptions> = {
  dataset: textRule,
  dataDir: pathRule,
  data: pathRule,
  labels: pathRule,
  clean: pathRule,
  score: anything, // createAnomalyDetector and fit look at these
  samples: anything,
  neighbors: anything,
  falseAlarms: anything,
  anomalous: listRule,
  worst: whole(1, 100),
  limit: anything,
  workers: anything,
  onProgress: functionRule,
  onDownload: functionRule,
  onNote: functionRule,
  signal: signalRule,
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
  const { clean: cleanPath, falseAlarms, anomalous, worst = 12, limit, workers, ...more } = options;
  const { score, samples, neighbors, onProgress, onDownload, onNote, signal, ...which } = more;
  const run = await loadRun(directory);
  const accelerator = await createAccelerator({ workers, onNote });
  try {
    const loading = { onProgress: onDownload, onNote, signal };
    const { dataset, dataDir } = which;
    const isOwn = run.config.dataset.name === 'arrays';
    const ordinary =
      cleanPath === undefined && isOwn
        ? await ownJudges(run, directory, which, loading)
        : await loadRunImages(run, directory, {
            ...(cleanPath === undefined ? { part: 'validation' as const } : { data: cleanPath }),
            ...(dataset === undefined && dataDir !== undefined && { dataDir }),
            ...loading,
          });
    const images = await loadRunImages(run, directory, { ...which, isWhole: true, ...loading });
    const set = withLabels(limit === undefined ? images.set : limitImages(images.set, limit), images.labels);
    const known = anomalous && anomaliesAmong(set.count, images, anomalous);
    const detector = createAnomalyDetector(run, { score, samples, neighbors, accelerator });
    const half = (from: number) => (fraction: number) => onProgress?.((from + fraction) / 2);
    const fitted = await detector.fit(withLabels(ordinary.set, ordinary.labels), {
      ...{ falseAlarms: falseAlarms ?? shareOf(ordinary.set.count, onNote), signal, onProgress: half(0) },
    });
    const { scores, isAnomaly } = await detector.detect(set, { signal, onProgress: half(1) });

    const say = wordingFor(run.spec);
    const { labels, classNames, places } = images;
    const placeOf = (index: number) => places?.[index] ?? index;
    const nameOf = (label: number) => (label < 0 ? 'none' : (classNames?.[label] ?? String(label)));
    const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
    const shown = order.slice(0, worst);
    const some = await readExamples(set, shown);
    const { heat, expected } = await detector.explain(some, { signal });
    const columns = tableColumnsOf(run.spec);
    const reasons =
      columns &&
      reasonsOf(decodeTable(columns, some.images), decodeTable(columns, expected), {
        ...{ heat, names: columns.map(({ name }) => name) },
      });
    const ranked = order.map(
      (index, rank): RankedExample => ({
        ...{ index: placeOf(index), score: scores[index]!, isAnomaly: isAnomaly[index] === 1 },
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
      ...{ images: some.images, shape: set.shape, expected, heat, columns },
      captions: shown.map((index) => (columns ? `row ${placeOf(index)}` : String(placeOf(index)))),
      title: say(`The ${shown.length} oddest images`),
      subtitle: `of ${images.title}, by ${title}`,
    });
    const html = anomalyPage({
      ...{
        run: directory,
        of: images.title,
        clean: ordinary.title,
        score: title,
        things,
        fitted,
        ranking,
        svg,
      },
      ...{ examples: set.count, anomalies, worst: ranked.slice(0, worst) },
    });
    return {
      ...{ of: images.title, things, score: title, fitted, ranked, ranking, svg, html },
      detector: await detector.save(),
    };
  } finally {
    run.dispose();
    await accelerator.close();
  }
}

/** Of a run of a person's own data: what it was judged by, which lies among what is looked at if that is where it was trained. */
async function ownJudges(
  run: LoadedRun,
  directory: string,
  { data, labels }: Pick<FindAnomaliesOptions, 'data' | 'labels'>,
  { signal }: Pick<LoadRunImagesOptions, 'signal'>, // notes are heard when all of the file is read
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

/** The usual share of false alarms; where so many ordinary examples cannot tell it, that is told. */
function shareOf(examples: number, onNote: FindAnomaliesOptions['onNote']): number {
  const share = usualFalseAlarms(examples);
  const usual = usualFalseAlarms(Number.MAX_SAFE_INTEGER);
  if (share !== usual) {
    onNote?.(
      `${examples} ordinary examples can tell no smaller share of false alarms than ${share}: more of them (--clean) would allow ${usual}`,
    );
  }
  return share;
}

/** Of each example, whether it is of one of the classes that are anomalies. */
function anomaliesAmong(
  count: number,
  { labels, classNames, title }: RunImages<Examples>,
  anomalous: readonly (number | string)[],
): boolean[] {
  if (!labels) {
    throw new LatentkitError('E_USAGE', `${title} have no classes, and anomalous says which are anomalies`, {
      fix: 'Give a class for each with --labels FILE, or leave --anomalous out',
    });
  }
  const own = Array.from({ length: count }, (_, i) => labels[i]!);
  const wanted = anomalous.map((one) => {
    const named = classNames?.indexOf(String(one)) ?? -1;
    const label = named >= 0 ? named : /^\d+$/.test(String(one)) ? Number(one) : -1;
    if (label >= 0 && own.includes(label)) return label;
    const there = [...new Set(own)].filter((label) => label >= 0).sort((a, b) => a - b);
    throw new LatentkitError('E_UNKNOWN_NAME', `none of the ${count} ${title} is of the class '${one}'`, {
      fix: `Their classes: ${there.map((label) => classNames?.[label] ?? label).join(', ')}`,
    });
  });
  return own.map((label) => wanted.includes(label));
}

/** A set with the classes that a reader gave its examples, which a conditional model is told. */
function withLabels(set: Examples, labels: ArrayLike<number> | undefined): Examples {
  if (set.labels || !labels || !Array.from(labels).every((label) => label >= 0)) return set;
  return { ...set, labels: Uint32Array.from({ length: set.count }, (_, i) => labels[i]!) };
}

const MOST_REASONS = 3;

/** Of each row the columns that differ most: `income 9900000 (expected 41000)`. */
function reasonsOf(
  given: readonly (readonly (number | string)[])[],
  expected: readonly (readonly (number | string)[])[],
  { heat, names }: { heat: Float32Array; names: readonly string[] },
): string[] {
  return given.map((cells, row) => {
    const own = names.map((_, column) => heat[row * names.length + column]!);
    const order = own.map((_, column) => column).sort((a, b) => own[b]! - own[a]!);
    return order
      .slice(0, MOST_REASONS)
      .map(
        (column) =>
          `${names[column]} ${inShort(cells[column]!)} (expected ${inShort(expected[row]![column]!)})`,
      )
      .join('; ');
  });
}

/**
 * Writes into a folder what was found: a ranked CSV, the picture of the oddest, a page, and the detector.
 *
 * @returns the paths.
 * @throws `E_IO` when the disk refuses.
 * @example
 * await writeAnomalies('odd', await findAnomalies('runs/first', { data: 'others.npy' }));
 */
export async function writeAnomalies(path: string, found: FoundAnomalies): Promise<string[]> {
  checkValue('writeAnomalies', 'path', path, pathRule);
  checkValue('writeAnomalies', 'found', found, {
    ...listRule,
    be: 'be what findAnomalies found',
    fits: (value) => Array.isArray(Object(value).ranked),
  });
  try {
    await makeFolders(path);
  } catch (cause) {
    throw diskError(path, cause);
  }
  const { ranked, svg, html, detector } = found;
  const isLabelled = ranked.some(({ label }) => label !== undefined);
  const csv = encodeCsvText(
    ['rank', 'index', 'score', 'anomaly', ...(isLabelled ? ['label'] : [])],
    ranked.map(({ index, score, isAnomaly, label = '' }, i) => [
      ...[i + 1, index, score, isAnomaly ? 1 : 0],
      ...(isLabelled ? [label] : []),
    ]),
  );
  const contents: [name: string, content: string | Uint8Array][] = [
    [ANOMALY_FILES.scores, csv],
    [ANOMALY_FILES.svg, svg],
    [ANOMALY_FILES.png, await svgToPng(svg)],
    [ANOMALY_FILES.report, html],
    [ANOMALY_FILES.detector, `${JSON.stringify(detector, null, 2)}\n`],
  ];
  await writeTogether(contents.map(([name, content]) => ({ path: join(path, name), content })));
  return contents.map(([name]) => join(path, name));
}
