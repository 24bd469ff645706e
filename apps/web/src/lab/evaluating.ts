import { createAccelerator } from '@latentkit/backend';
import { LatentkitError } from '@latentkit/core';
import { readExamples } from '@latentkit/datasets';
import {
  ANOMALY_SCORES,
  type AnomalyDetector,
  createAnomalyDetector,
  type EvaluatedModel,
  evaluate,
  openSubject,
  PLAIN_METRICS,
  type Subject,
  thresholdRank,
  usualFalseAlarms,
  whyNot,
  wordingFor,
} from '@latentkit/evaluation';
import { heatMaps, tableColumnsOf } from '@latentkit/experiment';
import { cellsOf } from './cells.ts';
import type {
  EvaluateCalls,
  EvaluatedRun,
  EvaluateEvent,
  ExplainedOdd,
  FoundOdd,
  ImagesByError,
  Measured,
} from './evaluate-messages.ts';
import {
  foreignAsOwn,
  foreignImages,
  type JudgedImages,
  type OwnImages,
  ownImages,
} from './evaluated-images.ts';
import { moving } from './line.ts';
import type { LentRun, LookData } from './messages.ts';
import { toBytes } from './pictures.ts';

/** The measure that reconstructions are ranked by. */
const ERROR = 'mse';
/** Progress is told so often at most. */
const TELL_MS = 100;

interface Opened {
  readonly of: LookData;
  readonly model: EvaluatedModel;
  readonly own: OwnImages;
  readonly subject: Subject;
  /** Looks at images for where they differ; its score is of no matter. */
  readonly explain: AnomalyDetector['explain'];
}

/** Images in the order of their rank. */
interface Ranked {
  readonly images: JudgedImages;
  readonly order: readonly number[];
  /** What differs most among the first that were looked at: those on later pages are told by it. */
  most?: number;
}

/** Evaluates one model, the one that it is opened with. */
export function createEvaluating(tell: (event: EvaluateEvent) => void): EvaluateCalls {
  let opening: Promise<Opened & { readonly accelerator: Awaited<ReturnType<typeof createAccelerator>> }>;
  let byError: (Ranked & { readonly errors: ArrayLike<number> }) | undefined;
  let odd: Ranked | undefined;

  let told = 0;
  const progress = (from: number, to: number) => (fraction: number) => {
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    tell({ type: 'progress', share: from + (to - from) * fraction });
  };

  async function take({ port, workers, files }: Parameters<EvaluateCalls['open']>[0]) {
    const { of, from } = await new Promise<LentRun>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<LentRun>) => resolve(data);
    });
    port.close();
    const own = of.count > 0 ? await ownImages(of) : await foreignAsOwn(of, files);
    const accelerator = await createAccelerator({ workers });
    const { config, objective, spec, trainImages } = of;
    const model: EvaluatedModel = {
      ...{ spec, weights: from.weights },
      ...(config && { config: { ...config, ...(objective && { objective }) } }),
      ...(trainImages !== undefined && { data: { train: { count: trainImages } } }),
    };
    const { labels, classNames } = own;
    const subject = await openSubject(model, own.set, { labels, classNames, accelerator });
    const { explain } = createAnomalyDetector(model, { accelerator });
    return { of, from, model, own, subject, explain, accelerator };
  }

  return {
    async open(input): Promise<EvaluatedRun> {
      const taking = take(input);
      opening = taking;
      const { from, own, subject, of } = await taking;
      return {
        ...{ of: wordingFor(of.spec)(own.title), count: own.set.count, isWhole: own.isWhole },
        ...{ learnedFrom: own.learnedFrom ?? of.learnedFrom, epoch: from.epoch, notes: own.notes ?? [] },
        scores: ANOMALY_SCORES.map((score) => {
          const why = whyNot(score, subject);
          return { name: score.name, title: score.title, ...(why !== undefined && { why }) };
        }),
      };
    },
    async measure(): Promise<Measured> {
      const { own, subject } = await opening;
      const judged = PLAIN_METRICS.map((metric) => ({ metric, why: whyNot(metric, subject) }));
      const possible = judged.flatMap(({ metric, why }) => (why === undefined ? [metric] : []));
      const rows: Measured['rows'][number][] = [];
      for await (const event of evaluate(subject, possible, { onProgress: progress(0, 1) })) {
        tell({ type: 'rows', rows: event.rows });
        rows.push(...event.rows);
        const errors = event.images[ERROR];
        if (errors) byError = { images: own, errors, order: byFalling(errors) };
      }
      const missing = judged.flatMap(({ metric: { title }, why }) =>
        why === undefined ? [] : [{ title, why }],
      );
      return { rows, missing };
    },
    async byError(page): Promise<ImagesByError> {
      if (!byError) throw new LatentkitError('E_USAGE', 'nothing has been measured yet');
      const { errors } = byError;
      const { heat: _, ...rest } = await shown(byError, page);
      return moving({ ...rest, errors: rest.indices.map((i) => errors[i]!) }, [
        rest.images.buffer,
        rest.expected.buffer,
      ]);
    },
    async findOdd({ score, files }): Promise<FoundOdd> {
      odd = undefined;
      const { of, model, own, accelerator } = await opening;
      const say = wordingFor(of.spec);
      const foreign = files && (await foreignImages(files, of));
      const images: JudgedImages = foreign ?? own;
      const detector = createAnomalyDetector(model, { score, accelerator });
      const fitted = await detector.fit(own.clean.set, {
        falseAlarms: usualFalseAlarms(own.clean.set.count),
        onProgress: progress(0, 0.5),
      });
      const scores = await detector.scores(images.set, { onProgress: progress(0.5, 1) });
      const order = byFalling(scores);
      odd = { images, order };
      const falling = Float64Array.from(order, (i) => scores[i]!);
      const cleanScores = detector.cleanScores!;
      const { falseAlarms, examples } = fitted;
      return moving(
        {
          ...{ of: say(images.title), clean: say(own.clean.title) },
          ...{ score, fitted, scores: falling, cleanScores },
          scoreTitle: ANOMALY_SCORES.find(({ name }) => name === score)!.title,
          rank: thresholdRank(examples, falseAlarms),
          notes: foreign?.notes ?? [],
        },
        [falling.buffer, cleanScores.buffer] as ArrayBuffer[],
      );
    },
    async explainOdd(page): Promise<ExplainedOdd> {
      if (!odd) throw new LatentkitError('E_USAGE', 'nothing has been ranked yet');
      const found = await shown(odd, page);
      return moving(found, [found.images.buffer, found.expected.buffer, found.heat.buffer]);
    },
  };

  /** Images of some ranks, what is expected in their place, and where they differ. */
  async function shown(ranked: Ranked, { from, count }: PageOf) {
    const { explain, of } = await opening;
    const {
      images: { set, labels, classNames },
      order,
    } = ranked;
    const indices = order.slice(from, from + count);
    const some = await readExamples(set, indices);
    const { heat, expected } = await explain(some);
    const classes = labels && indices.map((i) => nameOf(labels[i]!, classNames));
    const columns = tableColumnsOf(of.spec);
    const shape = columns ? { height: 1, width: columns.length, channels: 1 } : set.shape;
    const { strengths, most } = heatMaps(heat, shape, ranked.most);
    ranked.most ??= most;
    const bytes = Uint8Array.from(strengths, (strength) => Math.round(255 * strength));
    const told = { indices, ...(classes && { classes }) };
    if (columns) {
      const rows = { rows: cellsOf(of.spec, some.images)!, expected: cellsOf(of.spec, expected)! };
      const [images, nothing, none] = [new Uint8Array(0), new Uint8Array(0), new Uint8Array(0)];
      const table = { names: columns.map(({ name }) => name), ...rows, heat: bytes };
      return { ...told, images, expected: nothing, heat: none, table };
    }
    return {
      ...told,
      images: some.images instanceof Uint8Array ? new Uint8Array(some.images) : toBytes(some.images),
      ...{ expected: toBytes(expected), heat: bytes },
    };
  }
}

type PageOf = Parameters<EvaluateCalls['byError']>[0];

/** Places by falling numbers, of equal ones the first first: as `latentkit anomalies` ranks. */
const byFalling = (numbers: ArrayLike<number>): number[] =>
  Array.from(numbers, (_, i) => i).sort((a, b) => numbers[b]! - numbers[a]! || a - b);

const nameOf = (label: number, names: readonly string[] | undefined) =>
  label < 0 ? 'none' : (names?.[label] ?? String(label));
