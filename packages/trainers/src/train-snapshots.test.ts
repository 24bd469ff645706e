import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { createObjective, type Objective } from '@latentkit/objectives';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  collectEvents,
  eventsOf,
  oneSecondSteps,
  tinyModel,
  tinyRun,
  withoutSeconds,
} from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { EndEvent, TrainingEvent } from './training-event.ts';

beforeAll(() => startWasmBackend());
const accelerators = await Promise.all([1, 2].map((workers) => createAccelerator({ workers })));
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

const endOf = (events: readonly TrainingEvent[]) => events.at(-1) as EndEvent;
const typesOf = (events: readonly TrainingEvent[]) => events.map(({ type }) => type);

/** An objective that brings a parameter, which is no part of the model. */
function withOwnWeights(objective: Objective): Objective {
  const own = { 'critic.bias': { shape: [2], data: new Float32Array([1, 2]) } };
  return {
    ...objective,
    parameterShapes: { 'critic.bias': [2] },
    initialize: (seed) => ({ ...objective.initialize(seed), ...own }),
  };
}

/** Epoch and batch of each snapshot. */
const placesOf = (events: readonly TrainingEvent[]) =>
  eventsOf(events, 'snapshot').map(({ epoch, batch }) => [epoch, batch]);

describe.each([
  ['eagerly', undefined],
  ['on 1 worker', accelerators[0]],
  ['on 2 workers', accelerators[1]],
])('snapshots of training %s', (_, accelerator) => {
  const model = tinyModel();
  const run = tinyRun({
    ...{ model, accelerator, epochs: 2 },
    objective: withOwnWeights(createObjective(model)),
  });

  it('are the weights between steps, those that a checkpoint there has, and change no bit', async () => {
    const plain = await collectEvents(train(run));
    const both = await collectEvents(train({ ...run, snapshotSeconds: 0, checkpointSeconds: 1e-9 }));
    expect(endOf(both).weights).toEqual(endOf(plain).weights);
    expect(withoutSeconds(endOf(both).history)).toEqual(withoutSeconds(endOf(plain).history));
    expect(eventsOf(both, 'step')).toEqual(eventsOf(plain, 'step'));
    const within = eventsOf(both, 'checkpoint').filter(({ checkpoint: { progress } }) => progress.batch > 0);
    expect(within.length).toBeGreaterThan(0);
    for (const { checkpoint } of within) {
      const { epoch, batch } = checkpoint.progress;
      const same = eventsOf(both, 'snapshot').find((one) => one.epoch === epoch + 1 && one.batch === batch)!;
      expect(Object.keys(same.weights).sort()).toEqual(Object.keys(model.parameterShapes).sort());
      expect(checkpoint.weights).toMatchObject(same.weights);
    }
  });

  it('are copies: whoever writes on them writes on nothing else, and later steps leave them as they were', async () => {
    const plain = await collectEvents(train(run));
    const kept: Float32Array[][] = [];
    const scribbled = await collectEvents(train({ ...run, snapshotSeconds: 0 }), (event) => {
      if (event.type !== 'snapshot') return;
      const arrays = Object.values(event.weights).map(({ data }) => data as Float32Array);
      for (const array of arrays) array.fill(7);
      kept.push(arrays);
    });
    expect(kept.flat().every((array) => array.every((value) => value === 7))).toBe(true);
    expect(endOf(scribbled).weights).toEqual(endOf(plain).weights);
  });
});

describe('snapshots', () => {
  it('come after every step at 0 seconds, and never unless asked for', async () => {
    const every = await collectEvents(train(tinyRun({ epochs: 2, snapshotSeconds: 0 })));
    const epoch = [...Array(5).fill(['step', 'snapshot']), 'epoch', 'checkpoint'].flat();
    expect(typesOf(every)).toEqual(['start', ...epoch, ...epoch, 'end']);
    expect(typesOf(await collectEvents(train(tinyRun())))).not.toContain('snapshot');
  });

  it('come so many seconds after the one before, epochs and checkpoints notwithstanding', async () => {
    const { accelerator, now } = oneSecondSteps();
    const run = tinyRun({ accelerator, now, snapshotSeconds: 3, checkpointSeconds: 4 });
    const events = await collectEvents(train(run));
    expect(placesOf(events)).toEqual([
      [1, 3],
      [2, 1],
      [2, 4],
      [3, 2],
      [3, 5],
    ]);
  });

  it('and checkpoints count the time of the run, not of who keeps it waiting for a minute', async () => {
    const { accelerator, now, wait } = oneSecondSteps();
    const run = tinyRun({ accelerator, now, snapshotSeconds: 3, checkpointSeconds: 2 });
    const withPauses = await collectEvents(train(run), () => wait(60));
    const other = oneSecondSteps();
    const without = await collectEvents(train({ ...run, accelerator: other.accelerator, now: other.now }));
    expect(withPauses).toEqual(without);
  });

  it('are none once the run is to stop', async () => {
    const controller = new AbortController();
    const run = tinyRun({ snapshotSeconds: 0, signal: controller.signal });
    const events = await collectEvents(train(run), ({ type }) => {
      if (type === 'step') controller.abort();
    });
    expect(typesOf(events)).toEqual(['start', 'step', 'checkpoint', 'end']);
  });

  it('leave a checkpoint to come once where the run is stopped at one', async () => {
    const controller = new AbortController();
    const run = tinyRun({ snapshotSeconds: 0, checkpointSeconds: 1e-9, signal: controller.signal });
    const events = await collectEvents(train(run), ({ type }) => {
      if (type === 'snapshot') controller.abort();
    });
    expect(typesOf(events)).toEqual(['start', 'step', 'snapshot', 'checkpoint', 'end']);
  });

  it('show no weights that are not finite', async () => {
    const run = tinyRun({ learningRate: 1e38, optimizer: { name: 'sgd' }, snapshotSeconds: 0 });
    const events: TrainingEvent[] = [];
    await expect(collectEvents(train(run), (event) => void events.push(event))).rejects.toMatchObject({
      code: 'E_NOT_FINITE',
    });
    for (const { weights } of eventsOf(events, 'snapshot')) {
      for (const { data } of Object.values(weights)) expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '2'])('are refused for %s seconds', async (seconds) => {
    await expect(train(tinyRun({ snapshotSeconds: seconds as number })).next()).rejects.toMatchObject({
      code: 'E_RANGE',
      message: expect.stringContaining('train: snapshotSeconds must be a number of at least 0, got'),
    });
  });
});
