import {
  type Dataset,
  didYouMean,
  type Examples,
  type ImageSet,
  indicesUpTo,
  LatentkitError,
  shorten,
} from '@latentkit/core';
import {
  anything,
  checkOptions,
  having,
  listRule,
  needed,
  type OptionRules,
  seedRule,
} from '@latentkit/core/options';
import { limitImages } from '@latentkit/datasets';
import { wordingFor } from '@latentkit/evaluation';
import { type Codes, codeSizeOf, createModel } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import type { MetricsRow } from '@latentkit/trainers';
import { imagesAtOnce } from '../data/images-at-once.ts';
import { codesToWalk } from '../pictures/codes-to-walk.ts';
import type { FigureResult } from './figure-result.ts';
import { DEFAULT_FIGURES, FIGURE_NAMES, type FigureSpec } from './figure-specs.ts';
import type { DrawnFigure, FigureModel, FigureSubject, RunFigure } from './run-figure.ts';
import { RUN_FIGURES } from './run-figures.ts';

const ENCODED = 10_000; // images whose codes are looked at
const READ_AT_ONCE = 500;

export interface RunFiguresOptions {
  trained: FigureModel;
  dataset: Dataset<Examples>;
  history: readonly MetricsRow[];
  /** The epoch whose weights were kept: marked in the loss curves. */
  keptEpoch?: number;
  /** What is said of the loss's terms: those of training's start event. */
  terms?: readonly TermInfo[];
  /** Which figures, in which order; those that tell something of every model by default. */
  figures?: readonly FigureSpec[];
  /** Of the random samples. */
  seed: number;
  /** Epochs of the loss curves' moving average; by default what `figures` says, or 7 of a run of 21 epochs or more, and none of a shorter one. */
  smoothing?: number;
}

const RULES: OptionRules<RunFiguresOptions> = {
  trained: needed(having('a trained model', { spec: 'object', encode: 'function', decode: 'function' })),
  dataset: needed(having('a dataset', { train: 'object', validation: 'object' })),
  history: needed(listRule),
  keptEpoch: anything,
  terms: anything,
  figures: listRule,
  seed: seedRule,
  smoothing: anything,
};

/**
 * The figures of a finished run, by default: losses, reconstructions, random samples, the decoded latent grid, and
 * the codes of the test images and what they carry (the validation images where there are no others). One that a model cannot have comes with the reason instead. A
 * model of tfjs and one of an accelerator have the same figures, to the byte.
 *
 * @throws `E_SHAPE` for an empty history, and for images of another shape than the model's; `E_RANGE` for a smoothing
 * that is no whole number of at least 1.
 * @example
 * for (const figure of await drawRunFigures({ trained, dataset, history, seed: 42 })) {
 *   if ('svg' in figure) await writeFile(`${figure.name}.svg`, figure.svg);
 * }
 */
export async function drawRunFigures(options: RunFiguresOptions): Promise<FigureResult[]> {
  checkOptions('drawRunFigures', options, RULES);
  const {
    trained,
    dataset,
    history,
    keptEpoch,
    terms = [],
    figures = DEFAULT_FIGURES,
    seed,
    smoothing,
  } = options;
  const { validation, test } = dataset;
  // What neither taught the model nor chose its epoch, where there is such.
  const [shown, what] = test ? [test, 'test' as const] : [validation, 'validation' as const];
  const encoded = limitImages(shown, ENCODED);
  const codes = codesToWalk(trained.spec, await encodeSet(trained, encoded));
  const model = createModel(trained.spec);
  const subject: FigureSubject = {
    ...{ model, trained, dataset, shown, what, encoded, codes, prior: await trained.prior() },
    ...{ history, keptEpoch, terms, seed, smoothing },
  };
  const say = wordingFor(trained.spec);
  const drawOne = async (spec: FigureSpec): Promise<FigureResult> => {
    const { name, title, howToRead, needs, draw } = rowOf(spec);
    const missing = needs(model, dataset);
    if (missing !== undefined) return { name, title, missing };
    const drawn: DrawnFigure = { ...(howToRead && { howToRead }), ...(await draw(subject, spec)) };
    const words = (['caption', 'howToRead', 'note'] as const).flatMap((key) =>
      drawn[key] === undefined ? [] : [[key, say(drawn[key])]],
    );
    return { name, title, ...drawn, ...Object.fromEntries(words) };
  };
  const results: FigureResult[] = [];
  for (const spec of figures) results.push(await drawOne(spec));
  return results;
}

/** Of a set in memory at once; of a source some images after others, as a code depends on its image alone. */
async function encodeSet(trained: FigureModel, set: Examples): Promise<Codes> {
  const { condition } = trained.spec;
  const latentDim = codeSizeOf(trained.spec);
  const codesOf = ({ images, labels }: ImageSet) => trained.encode(images, condition && { label: labels });
  if ('images' in set) return codesOf(set);
  const mean = new Float32Array(set.count * latentDim);
  const logVar = new Float32Array(mean.length);
  let hasPosterior = false;
  for (let first = 0; first < set.count; first += READ_AT_ONCE) {
    const length = Math.min(READ_AT_ONCE, set.count - first);
    const indices = indicesUpTo(length).map((i) => first + i);
    const codes = await codesOf(imagesAtOnce(set, indices));
    mean.set(codes.mean, first * latentDim);
    if (codes.logVar) logVar.set(codes.logVar, first * latentDim);
    hasPosterior = codes.logVar !== undefined;
  }
  return { mean, ...(hasPosterior && { logVar }) };
}

/** @throws `E_UNKNOWN_NAME` where there is none of the name. */
function rowOf({ name }: FigureSpec): RunFigure {
  const row = RUN_FIGURES.find((figure) => figure.name === name);
  if (row) return row as unknown as RunFigure; // a row draws by the options of its own name
  throw new LatentkitError(
    'E_UNKNOWN_NAME',
    `drawRunFigures: there is no figure '${shorten(String(name))}'`,
    {
      fix: didYouMean(shorten(String(name)), FIGURE_NAMES),
    },
  );
}
