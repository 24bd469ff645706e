import type { Accelerator } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { train } from '../train.ts';
import type { TrainOptions } from '../train-options.ts';
import type { EndEvent } from '../training-event.ts';
import { collectEvents, eventsOf, withoutSeconds } from './tiny-run.ts';

/** A whole run's last word. */
export async function endOf(options: TrainOptions): Promise<EndEvent> {
  return (await collectEvents(train(options))).at(-1) as EndEvent;
}

/** The run broken off after some steps, then gone on with. */
export async function resumed(options: TrainOptions, after: number): Promise<EndEvent> {
  const stop = new AbortController();
  const events = await collectEvents(train({ ...options, signal: stop.signal }), (event) => {
    if (event.type === 'step' && event.step === after) stop.abort();
  });
  const { checkpoint } = eventsOf(events, 'checkpoint').at(-1)!;
  return endOf({ ...options, checkpoint });
}

/** Expects a run's end on each accelerator, and of runs broken off after 7 steps, eagerly and on the last. */
export async function expectSameBits(
  run: TrainOptions,
  expected: EndEvent,
  accelerators: readonly Accelerator<Tensor>[],
): Promise<void> {
  const same = ({ weights, history }: EndEvent) => {
    expect(weights).toEqual(expected.weights);
    expect(withoutSeconds(history)).toEqual(withoutSeconds(expected.history));
  };
  for (const accelerator of accelerators) same(await endOf({ ...run, accelerator }));
  for (const accelerator of [undefined, accelerators.at(-1)]) same(await resumed({ ...run, accelerator }, 7));
}
