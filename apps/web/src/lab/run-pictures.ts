import { type Accelerator, LatentkitError } from '@latentkit/core';
import { compareMeasures, differingSettings, tableColumnsOf } from '@latentkit/experiment';
import { readSavedRun, readSummary, type SavedRun } from '@latentkit/experiment/store';
import {
  type AcceleratedModel,
  codeSizeOf,
  hasStandardPrior,
  isVariational,
  openTrainedModel,
} from '@latentkit/models';
import type { Tensor } from '@tensorflow/tfjs-core';
import { placesOf, quantileCodes } from '../map/codes.ts';
import { cellsOf } from './cells.ts';
import { moving } from './line.ts';
import { readRun } from './open-run.ts';
import { encodeAll, inTurn, labelBytes, placeCodes, SAMPLE_SEED, type Turns, toBytes } from './pictures.ts';
import type { BesideRow, BesideRun, RunPicture, SideBySide } from './run-messages.ts';
import { storeOf } from './stored-runs.ts';
import { URGENCY } from './turns.ts';

/** Pictures along a side of what a run is known by. */
const SIDE = 6;
/** Made-up rows of a table. */
const ROWS = 5;

interface Means {
  readonly accelerator: Accelerator<Tensor>;
  readonly take: Turns;
}

/**
 * What a kept run's model draws by itself: over the plane of its codes where they are two numbers, and else of random codes; of a table, rows
 * that it makes up. Undefined for a plain autoencoder, which has no prior to draw from.
 *
 * @throws as `readSavedRun` where it has no model, or is damaged.
 */
export async function drawRun(name: string, means: Means): Promise<RunPicture | undefined> {
  const run = await readSavedRun((await storeOf(name)).files(name));
  const { spec } = run;
  if (!isVariational(spec) && !spec.prior) return undefined;
  const table = tableColumnsOf(spec);
  const count = table ? ROWS : SIDE * SIDE;
  return withModel(run, means, async (model) => {
    const label = spec.condition && inTurn(spec.condition, count);
    const isPlane = !table && codeSizeOf(spec) === 2 && hasStandardPrior(spec);
    const options = label && { label };
    const images = await means.take(URGENCY.background, () =>
      isPlane
        ? model.decode(quantileCodes({ axes: [0, 1], origin: [0, 0] }, SIDE), options)
        : model.sample({ count, seed: SAMPLE_SEED, ...options }),
    );
    if (table) return { names: table.map((column) => column.name), rows: cellsOf(spec, images)! };
    const bytes = toBytes(images);
    return moving({ bytes, shape: spec.image, columns: SIDE }, [bytes.buffer]);
  });
}

async function withModel<Result>(
  { spec, weights }: Pick<SavedRun, 'spec' | 'weights'>,
  { accelerator, take }: Means,
  use: (model: AcceleratedModel) => Promise<Result>,
): Promise<Result> {
  // Between the calls of others, both: several runs are drawn at once.
  const model = await take(URGENCY.background, () => openTrainedModel(spec, weights, { accelerator }));
  try {
    return await use(model);
  } finally {
    await take(URGENCY.background, () => model.dispose());
  }
}

/**
 * Lays two kept runs side by side: what differs in their settings, what they came to, and where each puts its images.
 *
 * @throws as `readSavedRun` where one has no model, or is damaged.
 */
export async function layBeside(names: readonly string[], means: Means): Promise<SideBySide> {
  if (names.length !== 2) {
    throw new LatentkitError('E_USAGE', `expected two runs to lay side by side, got ${names.length}`);
  }
  const summaries = await Promise.all(
    names.map(async (name) => readSummary((await storeOf(name)).files(name))),
  );
  const runs: BesideRun[] = [];
  for (const name of names) runs.push(await placeRun(name, means));
  const [first, second] = runs as [BesideRun, BesideRun];
  const cellsOf = ({ title, cells }: BesideRow) => ({ title, cells });
  return {
    runs,
    settings: differingSettings(summaries.map(({ config }) => config)).map(({ title, values, cells }) => ({
      ...{ title, cells: values.map((value, i) => saySchedule(value) ?? cells[i]!) },
    })),
    // A model that was trained elsewhere has no epochs to measure.
    measures: summaries.every(({ history }) => history.length > 0)
      ? compareMeasures(summaries).map(cellsOf)
      : [],
    isOfSameImages: first.images.length > 0 && areSame(first.images, second.images),
  };
}

async function placeRun(name: string, means: Means): Promise<BesideRun> {
  const run = await readRun({ kept: name });
  if (!run) throw new LatentkitError('E_NOT_FOUND', `there is no run ${name}`);
  const { data, opened, weights } = run;
  const { spec, images, labels, classNames, count } = data;
  const columns = tableColumnsOf(spec);
  const bytes = images instanceof Uint8Array ? images : columns ? bytesOf(images) : toBytes(images);
  const map = count > 0 && {
    map: await withModel({ spec, weights }, means, async (model) => {
      const codes = await encodeAll(model, data, means.take);
      const of = { latentDim: codeSizeOf(spec), ...(labels && { labels: labelBytes(labels) }) };
      const { x, y } = placesOf(codes.mean, of, placeCodes(codes, spec));
      return Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? x : y)[i >> 1]!);
    }),
  };
  return {
    ...{ name, rows: opened.rows, shape: spec.image, images: bytes, notes: opened.notes },
    ...map,
    ...(columns && { table: { columns: columns.map(({ name }) => name), rows: cellsOf(spec, images)! } }),
    ...(labels && { labels: labelBytes(labels) }),
    ...(classNames && { classNames }),
  };
}

/** `cosine, from 0.003, to 0.0001`; undefined for a setting that is no such part. */
function saySchedule(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type, ...others } = value;
  return [type, ...Object.entries(others).map(([name, one]) => `${name} ${JSON.stringify(one)}`)].join(', ');
}

/** Those of the numbers themselves: a table's are not from 0 to 1. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

const areSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
