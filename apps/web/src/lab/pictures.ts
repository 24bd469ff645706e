import { type ImageSet, pixelCount } from '@latentkit/core';
import { oneOfEachClass, takeImages } from '@latentkit/datasets';
import { tableColumnsOf } from '@latentkit/experiment';
import {
  type AcceleratedModel,
  type Codes,
  chooseLatentPlane,
  codeSizeOf,
  hasStandardPrior,
  isVariational,
  latentUse,
  type ModelSpec,
} from '@latentkit/models';
import { cellsOf } from './cells.ts';
import { moving } from './line.ts';
import type { LookData, LookWeights, Pictures, ShownData } from './messages.ts';
import { type createTurns, URGENCY } from './turns.ts';

/** Images whose reconstructions are shown, and samples of the prior. */
const [SHOWN, SAMPLES] = [8, 16];
/** Seed of the samples: the same codes each time, so that one sees what training changes. */
export const SAMPLE_SEED = 1;
/** So many deviations of the prior are looked at where there are no codes. */
const PRIOR_EDGE = 3;
/** Images a call: what a hand asks for is made between two. */
const ROWS = 64;

export type Turns = ReturnType<typeof createTurns>;

/** A model with the weights of one moment, and the images that its pictures are of. */
export interface OpenedModel {
  readonly model: AcceleratedModel;
  readonly from: LookWeights;
  readonly of: LookData;
}

/** What the weights of one moment make of the images; `few` are those whose reconstructions are shown. */
export async function makePictures(
  { model, of, from }: OpenedModel,
  few: ImageSet,
  take: Turns,
): Promise<Pictures> {
  const start = performance.now();
  const { spec } = of;
  const label = spec.condition && { label: few.labels };
  const codes = await encodeAll(model, of, take);
  const { kl, axes, ranges, origin } = placeCodes(codes, spec);
  const rebuilt =
    few.count === 0
      ? new Float32Array(0)
      : await take(URGENCY.background, () => model.reconstruct(few.images, label));
  const drawn =
    isVariational(spec) || spec.prior
      ? await take(URGENCY.background, () =>
          model.sample({
            count: SAMPLES,
            seed: SAMPLE_SEED,
            ...(spec.condition && { label: inTurn(spec.condition) }),
          }),
        )
      : undefined;
  const [reconstructions, samples] = [toBytes(rebuilt), drawn && toBytes(drawn)];
  const cells = cellsOf(spec, rebuilt);
  return moving(
    {
      type: 'pictures',
      ...{ epoch: from.epoch, batch: from.batch, isLast: from.isLast },
      means: codes.mean,
      ...(kl && { kl }),
      ...{ axes, ranges, origin },
      reconstructions,
      ...(samples && { samples }),
      ...(cells && { cells: { reconstructions: cells, ...(drawn && { samples: cellsOf(spec, drawn)! }) } }),
      milliseconds: performance.now() - start,
    } as const,
    [codes.mean.buffer, reconstructions.buffer, ...(samples ? [samples.buffer] : [])] as ArrayBuffer[],
  );
}

/** The codes of all images, as many at once as let a hand through. */
export async function encodeAll(
  model: AcceleratedModel,
  { spec, images, labels, count }: LookData,
  take: Turns,
): Promise<Codes> {
  const { condition } = spec;
  const latentDim = codeSizeOf(spec);
  const pixels = pixelCount(spec.image);
  const mean = new Float32Array(count * latentDim);
  const logVar = isVariational(spec) ? new Float32Array(count * latentDim) : undefined;
  for (let i = 0; i < count; i += ROWS) {
    const some = images.subarray(i * pixels, (i + ROWS) * pixels);
    const label = condition && { label: labels?.subarray(i, i + ROWS) };
    const part = await take(URGENCY.background, () => model.encode(some, label));
    mean.set(part.mean, i * latentDim);
    if (part.logVar) logVar?.set(part.logVar, i * latentDim);
  }
  return { mean, ...(logVar && { logVar }) };
}

/** Of the classes that a conditional model is told, the samples show one after the other. */
export const inTurn = ({ classes }: NonNullable<ModelSpec['condition']>, count = SAMPLES) =>
  Array.from({ length: count }, (_, i) => i % classes);

/** Where the map lies, and what each dimension says; of a run without images, the middle of the prior. */
export function placeCodes(
  codes: Codes,
  spec: ModelSpec,
): Pick<Pictures, 'kl' | 'axes' | 'ranges' | 'origin'> {
  const latentDim = codeSizeOf(spec);
  if (codes.mean.length > 0) {
    const { kl } = latentUse(codes, latentDim);
    return { ...(kl && { kl }), ...chooseLatentPlane(codes, latentDim) };
  }
  const axes = [0, 1].slice(0, latentDim);
  return {
    axes,
    ranges: axes.map(() => [-PRIOR_EDGE, PRIOR_EDGE]),
    origin: Array<number>(latentDim).fill(0),
  };
}

/** One of each class, or the first ones. */
export function shownOf({ spec, images, labels, count }: LookData): ImageSet {
  if (count === 0) return { shape: spec.image, images, count };
  const set = { shape: spec.image, images, labels, count } as ImageSet;
  return takeImages(set, oneOfEachClass(set, SHOWN));
}

export function describe(
  { spec, labels, count, classNames, learnedFrom }: LookData,
  { images }: ImageSet,
): ShownData {
  const columns = tableColumnsOf(spec)?.map(({ name }) => name);
  return {
    type: 'data',
    shape: spec.image,
    ...{ count, latentDim: codeSizeOf(spec), hasNormalPrior: hasStandardPrior(spec), learnedFrom },
    ...(spec.condition && { toldClasses: spec.condition.classes }),
    ...(labels && { labels: labelBytes(labels) }),
    ...(classNames && { classNames }),
    originals: images instanceof Uint8Array ? images : toBytes(images),
    ...(columns && { table: { columns, originals: cellsOf(spec, images)! } }),
  };
}

/** More classes than a byte counts have no colour of their own. */
export const labelBytes = (labels: NonNullable<LookData['labels']>): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(labels, (label) => Math.min(label, 255));

/** Pixels from 0 to 1 as bytes. */
export function toBytes(pixels: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(pixels, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
