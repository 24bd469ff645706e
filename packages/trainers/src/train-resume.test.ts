import { startWasmBackend } from '@latentkit/backend';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import {
  collectEvents,
  eventsOf,
  oneSecondSteps,
  tinyModel,
  tinyRun,
  withoutSeconds,
} from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { EndEvent, TrainingEvent } from './training-event.ts';

beforeAll(() => startWasmBackend());

const endOf = (events: readonly TrainingEvent[]) => events.at(-1) as EndEvent;
const lastCheckpoint = (events: readonly TrainingEvent[]) =>
  eventsOf(events, 'checkpoint').at(-1)!.checkpoint;

/** As a checkpoint comes back from the disk: its progress through JSON, its arrays copied. */
function stored({ progress, ...arrays }: Checkpoint): Checkpoint {
  return { progress: JSON.parse(JSON.stringify(progress)), ...structuredClone(arrays) };
}

/** A run aborted when it has told of `steps` steps, and what carries on from its checkpoint. */
async function breakAfter(steps: number, options: TrainOptions) {
  const controller = new AbortController();
  let told = 0;
  const before = await collectEvents(train({ ...options, signal: controller.signal }), ({ type }) => {
    if (type === 'step' && ++told === steps) controller.abort();
  });
  const after = await collectEvents(train({ ...options, checkpoint: stored(lastCheckpoint(before)) }));
  return { before, after };
}

const runs: [string, Partial<TrainOptions>][] = [
  ['a plain run', {}],
  ['Adamax, clipped', { optimizer: { name: 'adamax' }, clip: { value: 1, norm: 2 } }],
  ['SGD without memory', { optimizer: { name: 'sgd' }, learningRate: 1e-3 }],
  ['the last weights kept', { keep: 'last', learningRate: 0.2, epochs: 6 }],
  ['early stopping', { earlyStopping: { patience: 2 }, learningRate: 0.2, epochs: 20 }],
  ['a plateau', { reduceOnPlateau: { factor: 0.5, patience: 1, minDelta: 0.5 }, epochs: 7 }],
  [
    'schedules and coins',
    {
      epochs: 5,
      learningRate: { type: 'cosine', from: 0.05, to: 0.001, epochs: 4 },
      beta: { type: 'linear', from: 0, to: 2, epochs: 3 },
      binarize: 'dynamic',
    },
  ],
  [
    'a learned sigma',
    { model: tinyModel({ likelihood: { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } }) },
  ],
  ['a plain autoencoder', { model: tinyModel({ kind: 'autoencoder' }) }],
];

describe.each(runs)('a broken run carries on to the same bytes: %s', (_, change) => {
  // In the first epoch; after an epoch's last step; in a later epoch; at the first step of an epoch.
  it.each([1, 5, 8, 11])('after step %i', async (steps) => {
    const options = tinyRun(change);
    const whole = await collectEvents(train(options));
    const { before, after } = await breakAfter(steps, options);
    expect(endOf(before).reason).toBe('aborted');
    expect(lastCheckpoint(before).progress.step).toBe(steps);
    expect(eventsOf(before, 'step').length).toBe(steps);
    expect([...eventsOf(before, 'step'), ...eventsOf(after, 'step')]).toEqual(eventsOf(whole, 'step'));
    const { history, ...end } = endOf(after);
    const { history: expected, ...expectedEnd } = endOf(whole);
    expect(end).toEqual(expectedEnd);
    expect(withoutSeconds(history)).toEqual(withoutSeconds(expected));
    const { progress: p, ...arrays } = lastCheckpoint(after);
    const { progress: q, ...expectedArrays } = lastCheckpoint(whole);
    expect(arrays).toEqual(expectedArrays);
    expect({ ...p, history: withoutSeconds(p.history) }).toEqual({
      ...q,
      history: withoutSeconds(q.history),
    });
  });
});

describe('an abort', () => {
  it('before the first step gives a checkpoint of the start', async () => {
    const options = tinyRun({ signal: AbortSignal.abort() });
    const events = await collectEvents(train(options));
    expect(events.map(({ type }) => type)).toEqual(['start', 'checkpoint', 'end']);
    expect(lastCheckpoint(events)).toMatchObject({ progress: { step: 0, epoch: 0, batch: 0, best: null } });
    expect(endOf(events)).toMatchObject({ reason: 'aborted', epoch: 0, history: [] });
    expect(endOf(events).weights).toEqual(options.model.initialize(4));
  });

  it('while the run is paused ends it at the next step', async () => {
    const controller = new AbortController();
    const events = train(tinyRun({ signal: controller.signal }));
    await events.next(); // start
    await events.next(); // step 1
    await new Promise((resolve) => setImmediate(resolve)); // nobody asks for more
    controller.abort();
    expect((await events.next()).value).toMatchObject({ type: 'checkpoint' });
    expect((await events.next()).value).toMatchObject({ type: 'end', reason: 'aborted' });
    expect((await events.next()).done).toBe(true);
  });

  it('in an epoch that is told of leaves that epoch done', async () => {
    const controller = new AbortController();
    const events = await collectEvents(train(tinyRun({ signal: controller.signal })), ({ type }) => {
      if (type === 'epoch') controller.abort();
    });
    expect(lastCheckpoint(events).progress).toMatchObject({ epoch: 1, batch: 0 });
    expect(endOf(events)).toMatchObject({ reason: 'aborted', epoch: 1 });
  });

  it('after the last epoch is too late: the run is complete', async () => {
    const controller = new AbortController();
    const events = await collectEvents(train(tinyRun({ signal: controller.signal })), (event) => {
      if (event.type === 'epoch' && event.epoch === 3) controller.abort();
    });
    expect(endOf(events).reason).toBe('completed');
  });
});

describe('checkpoints by the clock', () => {
  const runByClock = async (change: Partial<TrainOptions>) => {
    const { accelerator, now } = oneSecondSteps();
    return collectEvents(train(tinyRun({ epochs: 2, accelerator, now, ...change })));
  };

  it('come within epochs, so many seconds after the one before, and change no bit', async () => {
    const events = await runByClock({ checkpointSeconds: 2 });
    const taken = eventsOf(events, 'checkpoint').map(({ checkpoint: { progress } }) => progress);
    const at = taken.map(({ epoch, batch, epochSeconds }) => [epoch, batch, epochSeconds]);
    expect(at).toEqual([
      [0, 2, 2],
      [0, 4, 4],
      [1, 0, undefined],
      [1, 2, 2],
      [1, 4, 4],
      [2, 0, undefined],
    ]);
    const plain = await runByClock({});
    expect(events.filter(({ type }) => type !== 'checkpoint')).toEqual(
      plain.filter(({ type }) => type !== 'checkpoint'),
    );
  });

  it('are gone on from to the same bytes, and an epoch tells all of its time', async () => {
    const events = await runByClock({ checkpointSeconds: 2 });
    for (const { checkpoint } of eventsOf(events, 'checkpoint')) {
      const { progress } = checkpoint;
      const after = await runByClock({ checkpoint: stored(checkpoint) });
      expect(after[0]).toMatchObject({ resumes: { epoch: progress.epoch, batch: progress.batch } });
      const { history, ...end } = endOf(after);
      const { history: expected, ...expectedEnd } = endOf(events);
      expect(end).toEqual(expectedEnd);
      expect(history).toEqual(expected);
    }
  });

  it('are none without seconds above 0', async () => {
    await expect(runByClock({ checkpointSeconds: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
  });
});

describe('a checkpoint', () => {
  it('follows each epoch, and holds the same arrays twice where the last weights are the best', async () => {
    const events = await collectEvents(train(tinyRun({ epochs: 12, learningRate: 0.2 })));
    const checkpoints = eventsOf(events, 'checkpoint').map(({ checkpoint }) => checkpoint);
    expect(checkpoints.map(({ progress }) => [progress.epoch, progress.batch, progress.step])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, 0, 5 * (i + 1)]),
    );
    for (const { progress, weights, bestWeights } of checkpoints) {
      expect(bestWeights === weights).toBe(progress.best!.epoch === progress.epoch);
    }
  });

  it('is not changed by the steps that follow', async () => {
    const kept: [Checkpoint, Checkpoint][] = [];
    await collectEvents(train(tinyRun()), (event) => {
      if (event.type === 'checkpoint') kept.push([event.checkpoint, structuredClone(event.checkpoint)]);
    });
    for (const [checkpoint, copy] of kept) expect(checkpoint).toEqual(copy);
  });

  it('lets a run go on to more epochs', async () => {
    const short = await collectEvents(train(tinyRun({ epochs: 2 })));
    const longer = await collectEvents(train(tinyRun({ epochs: 3, checkpoint: lastCheckpoint(short) })));
    const whole = await collectEvents(train(tinyRun({ epochs: 3 })));
    expect(endOf(longer).weights).toEqual(endOf(whole).weights);
    expect(endOf(longer).history.length).toBe(3);
  });

  it('of a complete run has nothing left to do', async () => {
    const events = await collectEvents(train(tinyRun()));
    const again = await collectEvents(train(tinyRun({ checkpoint: lastCheckpoint(events) })));
    expect(again.map(({ type }) => type)).toEqual(['start', 'end']);
    expect(endOf(again)).toEqual(endOf(events));
  });

  it('of a run that stopped early has nothing left to do either', async () => {
    const options = tinyRun({ epochs: 100, learningRate: 0.2, earlyStopping: { patience: 2 } });
    const events = await collectEvents(train(options));
    const again = await collectEvents(train({ ...options, checkpoint: lastCheckpoint(events) }));
    expect(again.map(({ type }) => type)).toEqual(['start', 'end']);
    expect(endOf(again)).toEqual(endOf(events));
  });

  it('goes on with more patience, if given', async () => {
    const options = tinyRun({ epochs: 100, learningRate: 0.2, earlyStopping: { patience: 2 } });
    const events = await collectEvents(train(options));
    const checkpoint = lastCheckpoint(events);
    const patient = { ...options, earlyStopping: { patience: 4 } };
    const longer = await collectEvents(train({ ...patient, checkpoint }));
    expect(endOf(longer).weights).toEqual(endOf(await collectEvents(train(patient))).weights);
  });
});

it('goes on from an epoch with half the rate, to the bytes of a run that was to halve it there', async () => {
  const options = tinyRun({ learningRate: { type: 'cosine', from: 0.2, to: 0.05 }, keep: 'last' });
  const rateCut = { after: 2, factor: 0.5 };
  const { checkpoint } = eventsOf(await collectEvents(train(options)), 'checkpoint')[1]!;
  expect(checkpoint.progress).toMatchObject({ epoch: 2, batch: 0 });
  const rescued = await collectEvents(train({ ...options, checkpoint: stored(checkpoint), rateCut }));
  const cut = await collectEvents(train({ ...options, rateCut }));
  const whole = await collectEvents(train(options));
  const ratesOf = (events: readonly TrainingEvent[]) =>
    eventsOf(events, 'epoch').map(({ learningRate }) => learningRate);
  expect(ratesOf(cut)).toEqual(ratesOf(whole).map((rate, i) => (i < 2 ? rate : rate / 2)));
  expect(endOf(rescued).weights).toEqual(endOf(cut).weights);
  expect(withoutSeconds(endOf(rescued).history)).toEqual(withoutSeconds(endOf(cut).history));
  expect(endOf(rescued).weights).not.toEqual(endOf(whole).weights);
});

it('cuts the rate once more where a run goes on a second time, to the bytes of a run that was to cut it twice', async () => {
  const options = tinyRun({ epochs: 4, learningRate: 0.2, keep: 'last' });
  const once = { after: 1, factor: 0.5 };
  const twice = [once, { after: 3, factor: 0.25 }];
  const { checkpoint } = eventsOf(
    await collectEvents(train({ ...options, rateCut: once })),
    'checkpoint',
  )[2]!;
  const rescued = await collectEvents(train({ ...options, checkpoint: stored(checkpoint), rateCut: twice }));
  const cut = await collectEvents(train({ ...options, rateCut: twice }));
  expect(eventsOf(cut, 'epoch').map(({ learningRate }) => learningRate)).toEqual([0.2, 0.1, 0.1, 0.025]);
  expect(endOf(rescued).weights).toEqual(endOf(cut).weights);
});
