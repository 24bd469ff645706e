import { startWasmBackend } from '@latentkit/backend';
import { createObjective } from '@latentkit/objectives';
import { expectClose } from '@latentkit/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './loop/evaluate-loss.ts';
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

const endOf = (events: readonly TrainingEvent[]) => events.at(-1) as EndEvent;

describe('the events of a run', () => {
  it('come in order: start, each epoch with its steps and a checkpoint, end', async () => {
    const events = await collectEvents(train(tinyRun({ epochs: 2 })));
    const steps = Array(5).fill('step');
    expect(events.map(({ type }) => type)).toEqual(
      ['start', [...steps, 'epoch', 'checkpoint'], [...steps, 'epoch', 'checkpoint'], 'end'].flat(),
    );
    expect(events[0]).toEqual({
      type: 'start',
      epochs: 2,
      batches: 5,
      trainImages: 22,
      validationImages: 7,
      terms: [
        { name: 'reconstruction', title: 'Reconstruction', unit: 'nats', per: 'example', weight: 1 },
        {
          ...{ name: 'kl', title: 'KL divergence', unit: 'nats', per: 'example', weight: 1 },
          weightColumn: 'beta',
        },
      ],
      notes: [],
      parameters: 12 * 5 + 5 + 2 * (5 * 2 + 2) + (2 * 5 + 5) + (5 * 12 + 12),
    });
    const at = eventsOf(events, 'step').map(({ epoch, batch, batches, images, step }) => [
      epoch,
      batch,
      batches,
      images,
      step,
    ]);
    expect(at.slice(3, 7)).toEqual([
      [1, 4, 5, 5, 4],
      [1, 5, 5, 2, 5],
      [2, 1, 5, 5, 6],
      [2, 2, 5, 5, 7],
    ]);
    expect(endOf(events)).toMatchObject({ reason: 'completed' });
  });

  it('hold losses that are reconstruction + beta * kl, with means over the images', async () => {
    const beta = { type: 'linear', from: 0, to: 4, epochs: 2 } as const;
    const events = await collectEvents(train(tinyRun({ beta })));
    const steps = eventsOf(events, 'step');
    for (const { epoch, loss, reconstruction, kl } of steps) {
      expect(loss).toBe(reconstruction! + [0, 2, 4][epoch - 1]! * kl!);
    }
    for (const { epoch, ...metrics } of eventsOf(events, 'epoch')) {
      const own = steps.filter((step) => step.epoch === epoch);
      const mean = (of: (step: (typeof own)[number]) => number) =>
        own.reduce((sum, step) => sum + (of(step) * step.images) / 5, 0) / (22 / 5);
      expect(metrics.beta).toBe([0, 2, 4][epoch - 1]);
      expect(metrics.reconstruction).toBe(mean((step) => step.reconstruction!));
      expect(metrics.kl).toBe(mean((step) => step.kl!));
      expect(metrics.loss).toBe(metrics.reconstruction! + metrics.beta! * metrics.kl!);
      expect(metrics.valLoss).toBe(metrics.valReconstruction! + metrics.beta! * metrics.valKl!);
    }
  });

  it('judge the validation images with the weights of the checkpoint that follows', async () => {
    const run = tinyRun({ epochs: 1 });
    const events = await collectEvents(train(run));
    const { weights } = eventsOf(events, 'checkpoint')[0]!.checkpoint;
    const judged = await evaluateLoss(createObjective(run.model), weights, run.dataset.validation, {
      seed: 4,
    });
    const [epoch] = eventsOf(events, 'epoch');
    expect(epoch).toMatchObject({
      valLoss: judged.loss,
      valReconstruction: judged.reconstruction,
      valKl: judged.kl,
    });
  });

  it('know no kl where the model has none', async () => {
    const run = tinyRun({ model: tinyModel({ kind: 'autoencoder' }), epochs: 1 });
    const events = await collectEvents(train(run));
    expect(eventsOf(events, 'step')[0]).not.toHaveProperty('kl');
    const [epoch] = eventsOf(events, 'epoch');
    expect(epoch).not.toHaveProperty('kl');
    expect(epoch).not.toHaveProperty('valKl');
    expect(epoch!.loss).toBe(epoch!.reconstruction);
    expect(epoch).not.toHaveProperty('beta');
    await expect(collectEvents(train({ ...run, beta: 7 }))).rejects.toThrow('beta weighs the KL');
  });

  it('measure seconds on the clock they are given, without what listeners take', async () => {
    const { accelerator, now, wait } = oneSecondSteps();
    const events = await collectEvents(train(tinyRun({ accelerator, now })), () => wait(60));
    expect(eventsOf(events, 'epoch').map(({ seconds }) => seconds)).toEqual([5, 5, 5]);
  });
});

it('lets the event loop turn in a run of epochs that are each shorter than what lies between two turns', async () => {
  let milliseconds = 0;
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  const events = await collectEvents(train({ ...tinyRun({ epochs: 8 }), now: () => (milliseconds += 0.25) }));
  clearImmediate(next);
  expect(milliseconds / eventsOf(events, 'epoch').length).toBeLessThan(20);
  expect(turns).toBeGreaterThanOrEqual(Math.floor(milliseconds / 40));
});

describe('a run', () => {
  it('learns', async () => {
    const model = tinyModel({ likelihood: { type: 'squaredError', output: 'sigmoid' } });
    const { history } = endOf(await collectEvents(train(tinyRun({ model, epochs: 30, beta: 0.1 }))));
    expect(history.at(-1)!.valReconstruction).toBeLessThan(0.6 * history[0]!.valReconstruction!);
    expect(history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('gives the same bytes twice, and others for another seed', async () => {
    const [a, b] = [await collectEvents(train(tinyRun())), await collectEvents(train(tinyRun()))];
    expect(endOf(b).weights).toEqual(endOf(a).weights);
    expect(withoutSeconds(endOf(b).history)).toEqual(withoutSeconds(endOf(a).history));
    expect(eventsOf(b, 'step')).toEqual(eventsOf(a, 'step'));
    const other = endOf(await collectEvents(train(tinyRun({ seed: 5 }))));
    expect(other.weights).not.toEqual(endOf(a).weights);
  });

  it.each(['adam', 'adamax', 'rmsprop', 'sgd'] as const)('trains with %s', async (name) => {
    const run = tinyRun({ optimizer: { name }, epochs: 8, learningRate: 0.01 });
    const { history } = endOf(await collectEvents(train(run)));
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
  });

  it('keeps the weights of the least validation loss, or the last ones if told so', async () => {
    const run = tinyRun({ epochs: 12, learningRate: 0.2 });
    const events = await collectEvents(train(run));
    const { history, epoch, weights } = endOf(events);
    const losses = history.map(({ valLoss }) => valLoss);
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(best).toBeLessThan(12); // or the test would show nothing
    expect(epoch).toBe(best);
    const checkpoints = eventsOf(events, 'checkpoint').map(({ checkpoint }) => checkpoint);
    expect(weights).toEqual(checkpoints[best - 1]!.weights);
    expect(checkpoints.at(-1)!.bestWeights).toEqual(weights);

    const last = endOf(await collectEvents(train({ ...run, keep: 'last' })));
    expect(last.epoch).toBe(12);
    expect(last.weights).toEqual(checkpoints.at(-1)!.weights);
    expect(last.weights).not.toEqual(weights);
  });

  it('stops when the validation loss has stopped falling, with the best weights', async () => {
    const run = tinyRun({ epochs: 100, learningRate: 0.2, earlyStopping: { patience: 3 } });
    const { reason, history, epoch } = endOf(await collectEvents(train(run)));
    expect(reason).toBe('stoppedEarly');
    expect(history.length).toBe(epoch + 3);
    const best = history[epoch - 1]!.valLoss;
    expect(history.slice(epoch).every(({ valLoss }) => valLoss >= best)).toBe(true);
  });

  it('lowers the learning rate on a plateau, from the next epoch on and not below its least', async () => {
    const reduceOnPlateau = { factor: 0.1, patience: 1, minDelta: 1e9, minLearningRate: 3e-5 };
    const events = await collectEvents(train(tinyRun({ epochs: 6, learningRate: 0.01, reduceOnPlateau })));
    const rates = eventsOf(events, 'epoch').map(({ learningRate }) => learningRate);
    expectClose(rates, [0.01, 0.01, 0.001, 1e-4, 3e-5, 3e-5], { relative: 1e-9, absolute: 0 });
    for (const { epoch, learningRate } of eventsOf(events, 'step'))
      expect(learningRate).toBe(rates[epoch - 1]);
  });

  it('follows the schedule of the learning rate', async () => {
    const learningRate = { type: 'exponential', from: 0.02, rate: 0.5 } as const;
    const events = await collectEvents(train(tinyRun({ learningRate })));
    expect(eventsOf(events, 'epoch').map((epoch) => epoch.learningRate)).toEqual([0.02, 0.01, 0.005]);
  });

  it('does not move at a learning rate of zero', async () => {
    const run = tinyRun({ learningRate: 0, keep: 'last' });
    expect(endOf(await collectEvents(train(run))).weights).toEqual(run.model.initialize(4));
  });

  it('moves by no more than clipped gradients allow', async () => {
    const run = tinyRun({
      epochs: 1,
      batchSize: 22,
      learningRate: 1,
      keep: 'last',
      optimizer: { name: 'sgd' },
    });
    const start = run.model.initialize(4);
    const distance = async (clip: { value?: number; norm?: number }) => {
      const { weights } = endOf(await collectEvents(train({ ...run, clip })));
      const moves = Object.keys(start).flatMap((name) =>
        Array.from(weights[name]!.data, (value, i) => Math.abs(value - start[name]!.data[i]!)),
      );
      return { largest: Math.max(...moves), norm: Math.hypot(...moves) };
    };
    expect((await distance({ value: 0.01 })).largest).toBeCloseTo(0.01, 6);
    expect((await distance({ norm: 0.1 })).norm).toBeCloseTo(0.1, 6);
  });
});

describe('a learned sigma', () => {
  const likelihood = { type: 'gaussian', output: 'sigmoid', sigma: 'learned' } as const;

  it('falls from 1 towards the spread of what the model cannot explain', async () => {
    const run = tinyRun({ model: tinyModel({ likelihood }), epochs: 20, learningRate: 0.05 });
    const { weights } = endOf(await collectEvents(train(run)));
    const sigma = Math.exp(weights['likelihood.logSigma']!.data[0]!);
    expect(sigma).toBeGreaterThan(0.02);
    expect(sigma).toBeLessThan(0.6);
  });
});
