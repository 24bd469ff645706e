import { type Accelerator, createRandom, type Dataset, type ImageSet, Stream } from '@latentkit/core';
import { createModel, type Model, type ModelSpec } from '@latentkit/models';
import { openEagerSession } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { MetricsRow } from '../loop/metrics.ts';
import { applyRule } from '../optimizers/create-optimizer.ts';
import type { TrainOptions } from '../train-options.ts';
import type { TrainingEvent } from '../training-event.ts';

const shape = { height: 4, width: 3, channels: 1 };

/** Grey images with a bright row each: 4 x 3, bytes. */
function tinyImages(count: number, index: number): ImageSet {
  const random = createRandom({ seed: 11, stream: Stream.sample, index });
  const images = new Uint8Array(count * 12);
  for (let i = 0; i < count; i++) {
    const bright = random.integer(4);
    for (let pixel = 0; pixel < 12; pixel++) {
      const most = Math.floor(pixel / 3) === bright ? 256 : 60;
      images[i * 12 + pixel] = most - 1 - random.integer(50);
    }
  }
  return { shape, count, images };
}

/** 22 images to learn from and 7 to judge by. */
export function tinyDataset(): Dataset {
  return { name: 'tiny', train: tinyImages(22, 0), validation: tinyImages(7, 1) };
}

/** A dense VAE of 4 x 3 pixels with a latent size of 2, unless told otherwise. */
export function tinyModel(change: Partial<ModelSpec> = {}): Model {
  return createModel({
    kind: 'vae',
    image: shape,
    latentDim: 2,
    encoder: { type: 'mlp', hidden: [5], activation: 'relu' },
    decoder: { type: 'mlp', hidden: [5], activation: 'relu' },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
    ...change,
  });
}

/** Three epochs of five batches (5, 5, 5, 5, 2 images), unless told otherwise. */
export function tinyRun(change: Partial<TrainOptions> = {}): TrainOptions {
  return {
    model: tinyModel(),
    dataset: tinyDataset(),
    epochs: 3,
    batchSize: 5,
    learningRate: 0.02,
    seed: 4,
    ...change,
  };
}

/** Runs whose steps take a second each, and nothing else takes any time. */
export function oneSecondSteps() {
  let time = 0;
  const accelerator: Accelerator<Tensor> = {
    workers: 1,
    open: async (state) => {
      const session = openEagerSession(state, applyRule);
      return {
        ...session,
        step: async (...called) => {
          const results = await session.step(...called);
          wait(1);
          return results;
        },
      };
    },
    close: async () => {},
  };
  const wait = (seconds: number) => {
    time += 1000 * seconds;
  };
  return { accelerator, now: () => time, wait };
}

/** Everything a run tells; `onEvent` sees each event first. */
export async function collectEvents(
  events: AsyncIterable<TrainingEvent>,
  onEvent: (event: TrainingEvent) => void = () => {},
): Promise<TrainingEvent[]> {
  const collected: TrainingEvent[] = [];
  for await (const event of events) {
    onEvent(event);
    collected.push(event);
  }
  return collected;
}

/** The events of one type. */
export function eventsOf<Type extends TrainingEvent['type']>(
  events: readonly TrainingEvent[],
  type: Type,
): Extract<TrainingEvent, { type: Type }>[] {
  return events.filter((event) => event.type === type) as Extract<TrainingEvent, { type: Type }>[];
}

/** Metrics without the one that two equal runs may differ in. */
export function withoutSeconds(history: readonly MetricsRow[]): Omit<MetricsRow, 'seconds'>[] {
  return history.map(({ seconds: _, ...metrics }) => metrics);
}
