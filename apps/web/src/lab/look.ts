import { createAccelerator } from '@latentkit/backend';
import { pixelCount } from '@latentkit/core';
import { oneOfEachClass, takeImages } from '@latentkit/datasets';
import {
  type AcceleratedModel,
  type Codes,
  chooseLatentPlane,
  latentUse,
  openTrainedModel,
} from '@latentkit/models';
import { checkConfig } from './check-config.ts';
import { moving } from './line.ts';
import type { LookCalls, LookData, LookEvent, LookWeights, ToLook } from './messages.ts';

/** Images whose reconstructions are shown, and samples of the prior. */
const [SHOWN, SAMPLES] = [8, 16];
/** Seed of the samples: the same codes each time, so that one sees what training changes. */
const SAMPLE_SEED = 1;

interface Opened {
  readonly model: AcceleratedModel;
  readonly of: LookData;
  readonly from: LookWeights;
}

/** Makes pictures of the newest weights on a thread of its own: what is asked for by a hand never waits for a training step. */
export function createLook(tell: (event: LookEvent) => void): LookCalls {
  const accelerator = createAccelerator({ workers: 1 });
  let data: LookData | undefined;
  let shown: ReturnType<typeof takeImages> | undefined;
  let opened: Opened | undefined;
  let newest: LookWeights | undefined;
  let isBusy = false;

  function hear(message: ToLook): void {
    if (message.type === 'data') {
      data = message;
      shown = shownOf(message);
      newest = undefined;
      tell(describe(message, shown));
      return;
    }
    newest = message;
    if (!isBusy) void work();
  }

  /** One set of weights after the other; those that newer ones have overtaken are left out. */
  async function work(): Promise<void> {
    isBusy = true;
    while (newest && data && shown) {
      const [from, of, few] = [newest, data, shown];
      newest = undefined;
      opened = { from, of, model: await modelOf(of, from) };
      tell(await draw(opened, of, few));
    }
    isBusy = false;
  }

  /** One model a run, so that what it computes is recorded once. */
  async function modelOf(of: LookData, { weights }: LookWeights): Promise<AcceleratedModel> {
    const before = opened;
    if (before?.of === of) {
      await before.model.update(weights);
      return before.model;
    }
    const model = await openTrainedModel(of.spec, weights, { accelerator: await accelerator });
    void before?.model.dispose();
    return model;
  }

  return {
    check: ({ config }) => checkConfig(config),
    join({ port }) {
      port.onmessage = ({ data: message }: MessageEvent<ToLook>) => hear(message);
    },
    async decode({ codes }) {
      if (!opened) return new Uint8Array(0);
      const images = toBytes(await opened.model.decode(codes));
      return moving(images, [images.buffer]);
    },
  };
}

/** One of each class, or the first ones. */
function shownOf({ spec, images, labels, count }: LookData): ReturnType<typeof takeImages> {
  const set = { shape: spec.image, images, labels, count } as Parameters<typeof takeImages>[0];
  return takeImages(set, oneOfEachClass(set, SHOWN));
}

function describe({ spec, labels, count }: LookData, shown: ReturnType<typeof takeImages>): LookEvent {
  const { images } = shown;
  return {
    type: 'data',
    shape: spec.image,
    ...{ count, latentDim: spec.latentDim },
    ...(labels && { labels: Uint8Array.from(labels) }),
    originals: images instanceof Uint8Array ? images : toBytes(images),
  };
}

async function draw(
  { model, from: { epoch, batch, isLast } }: Opened,
  { spec, images, count }: LookData,
  shown: ReturnType<typeof takeImages>,
): Promise<LookEvent> {
  const start = performance.now();
  const codes = await encodeAll(model, images, count, pixelCount(spec.image));
  const { kl } = latentUse(codes, spec.latentDim);
  const reconstructions = toBytes(await model.reconstruct(shown.images));
  const samples =
    spec.kind === 'vae' ? toBytes(await model.sample({ count: SAMPLES, seed: SAMPLE_SEED })) : undefined;
  return moving(
    {
      type: 'pictures',
      ...{ epoch, batch, isLast },
      means: codes.mean,
      ...(kl && { kl }),
      axes: chooseLatentPlane(codes, spec.latentDim).axes,
      reconstructions,
      ...(samples && { samples }),
      milliseconds: performance.now() - start,
    } as const,
    [codes.mean.buffer, reconstructions.buffer, ...(samples ? [samples.buffer] : [])] as ArrayBuffer[],
  );
}

/** A call for so many images: those that a hand asks for are made between two. */
const ROWS = 64;

async function encodeAll(
  model: AcceleratedModel,
  images: Uint8Array | Float32Array,
  count: number,
  pixels: number,
): Promise<Codes> {
  const { latentDim, kind } = model.spec;
  const mean = new Float32Array(count * latentDim);
  const logVar = kind === 'vae' ? new Float32Array(count * latentDim) : undefined;
  for (let i = 0; i < count; i += ROWS) {
    const part = await model.encode(images.subarray(i * pixels, (i + ROWS) * pixels));
    mean.set(part.mean, i * latentDim);
    if (part.logVar) logVar?.set(part.logVar, i * latentDim);
  }
  return { mean, ...(logVar && { logVar }) };
}

/** Pixels from 0 to 1 as bytes. */
function toBytes(pixels: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(pixels, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}
