import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Accelerator, NamedArrays } from '@latentkit/core';
import { parametersToTensors } from '@latentkit/models';
import { createObjective, openEagerSession, scalarsAt, stepProgram } from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateLoss } from './loop/evaluate-loss.ts';
import { lossAndGradients } from './loop/train-step.ts';
import { applyRule } from './optimizers/create-optimizer.ts';
import { collectEvents, eventsOf, tinyModel, tinyRun, withoutSeconds } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { EndEvent } from './training-event.ts';

beforeAll(() => startWasmBackend());
const accelerators = await Promise.all([1, 2].map((workers) => createAccelerator({ workers })));
afterAll(() => Promise.all(accelerators.map((one) => one.close())));

const eventsOfRun = (options: TrainOptions) => collectEvents(train(options));
const endOf = async (options: TrainOptions) => (await eventsOfRun(options)).at(-1) as EndEvent;

/** The run broken off after some steps, then gone on with. */
async function resumed(options: TrainOptions, after: number): Promise<EndEvent> {
  const stop = new AbortController();
  const events = await collectEvents(train({ ...options, signal: stop.signal }), (event) => {
    if (event.type === 'step' && event.step === after) stop.abort();
  });
  const { checkpoint } = eventsOf(events, 'checkpoint').at(-1)!;
  return endOf({ ...options, checkpoint });
}

const numbersOf = (weights: NamedArrays) => Object.values(weights).flatMap(({ data }) => [...data]);

describe('alarms', () => {
  it('come after the epoch that they are of, and the run goes on', async () => {
    const events = await eventsOfRun(tinyRun({ epochs: 60, batchSize: 4, beta: 1000, learningRate: 0.05 }));
    const at = events.findIndex(({ type }) => type === 'alarm');
    expect(events[at]).toMatchObject({ type: 'alarm', kind: 'posteriorCollapse' });
    expect(events[at - 1]).toMatchObject({ type: 'epoch', epoch: (events[at] as { epoch: number }).epoch });
    expect(events[at + 1]!.type).toBe('checkpoint');
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'completed' });
  });

  it('are none of a healthy run', async () => {
    expect(eventsOf(await eventsOfRun(tinyRun({ epochs: 8, beta: 0.01 })), 'alarm')).toEqual([]);
  });
});

/** A tfjs session that gives NaN for a step, the first `times` times that it is asked for it. */
function blowsUpAt(step: number, times: number): Accelerator<Tensor> {
  let blown = 0;
  return {
    workers: 1,
    open: async (state) => {
      const session = openEagerSession(state, applyRule);
      return {
        ...session,
        async step(program, data, update) {
          const isIt = data.noise?.address.step === step && blown < times;
          const outputs = await session.step(program, data, update);
          if (!isIt) return outputs;
          blown++;
          return { ...outputs, kl: { shape: [], data: Float32Array.of(Number.NaN) } };
        },
      };
    },
    close: async () => {},
  };
}

describe('rewinding', () => {
  it('goes back to the end of the epoch before, and on at a lower rate, as a rate cut from the start does', async () => {
    const run = tinyRun({ epochs: 3 });
    const events = await eventsOfRun({ ...run, rewind: {}, accelerator: blowsUpAt(8, 1) });
    expect(eventsOf(events, 'rewind')).toEqual([
      {
        ...{ type: 'rewind', epoch: 1, factor: 0.3, left: 2 },
        reason: expect.stringContaining('the loss became NaN at step 8'),
      },
    ]);
    const { weights, history } = events.at(-1) as EndEvent;
    const cut = await endOf({ ...run, rateCut: { after: 1, factor: 0.3 } });
    expect(weights).toEqual(cut.weights);
    expect(withoutSeconds(history)).toEqual(withoutSeconds(cut.history));
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  it('goes back to where the run began, as often as it may, and then fails', async () => {
    const run = tinyRun({ rewind: { factor: 0.5, times: 2 } });
    const events = await eventsOfRun({ ...run, accelerator: blowsUpAt(3, 2) });
    expect(eventsOf(events, 'rewind').map(({ epoch, left }) => [epoch, left])).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(eventsOf(events, 'epoch')[0]!.learningRate).toBe(0.02 * 0.5 * 0.5);
    const failing = eventsOfRun({ ...run, accelerator: blowsUpAt(3, 3) });
    await expect(failing).rejects.toThrow(expect.objectContaining({ code: 'E_NOT_FINITE' }));
  });

  it('is not done unless it is asked for, and what it did is in the checkpoints', async () => {
    const failing = eventsOfRun(tinyRun({ accelerator: blowsUpAt(8, 1) }));
    await expect(failing).rejects.toThrow('the loss became NaN at step 8');
    const run = tinyRun({ rewind: {} });
    const events = await eventsOfRun({ ...run, accelerator: blowsUpAt(8, 1) });
    const { checkpoint } = eventsOf(events, 'checkpoint')[1]!;
    expect(checkpoint.progress.rewinds).toEqual([{ after: 1, factor: 0.3 }]);
    expect((await endOf({ ...run, checkpoint })).weights).toEqual((events.at(-1) as EndEvent).weights);
  });
});

describe('averaging of weights', () => {
  const run = tinyRun({ epochs: 3, averaging: { decay: 0.9 } });

  it('is the moving average of the weights of all steps', async () => {
    const weights: NamedArrays[] = [];
    const events = await collectEvents(train({ ...run, snapshotSeconds: 0, keep: 'last' }), (event) => {
      if (event.type === 'snapshot') weights.push(event.weights);
    });
    let expected = numbersOf(tinyModel().initialize(4));
    for (const [i, own] of weights.entries()) {
      const share = 1 - Math.min(0.9, (2 + i) / (11 + i));
      expected = numbersOf(own).map((value, j) => Math.fround(expected[j]! + share * (value - expected[j]!)));
    }
    expect(numbersOf((events.at(-1) as EndEvent).weights)).toEqual(expected);
  });

  it('leaves training as it is, and judges the average beside it', async () => {
    const { history, weights, epoch } = await endOf(run);
    const without = await endOf(tinyRun({ epochs: 3 }));
    const rows = withoutSeconds(history).map(({ valAveraged, ...row }) => row);
    expect(rows).toEqual(withoutSeconds(without.history));
    const { loss } = await evaluateLoss(createObjective(run.model), weights, run.dataset.validation, {
      seed: 4,
    });
    expect(loss).toBe(history[epoch - 1]!.valAveraged);
    expect(epoch).toBe(1 + history.findIndex(({ valAveraged }) => valAveraged === loss));
    expect(loss).toBe(Math.min(...history.map(({ valAveraged }) => valAveraged!)));
    const trained = await endOf({ ...run, averaging: { decay: 0.9, keep: 'trained' } });
    expect(trained.weights).toEqual(without.weights);
    expect(trained.history[0]!.valAveraged).toBe(history[0]!.valAveraged);
  });

  it('gives the same bits recorded, and resumed within an epoch', async () => {
    const expected = await endOf(run);
    for (const accelerator of accelerators) {
      expect((await endOf({ ...run, accelerator })).weights).toEqual(expected.weights);
    }
    for (const after of [5, 7]) {
      const { weights, history } = await resumed(run, after);
      expect(weights).toEqual(expected.weights);
      expect(withoutSeconds(history)).toEqual(withoutSeconds(expected.history));
    }
  });

  it('neither begins nor ends in the middle of a run', async () => {
    const [one] = eventsOf(await eventsOfRun(run), 'checkpoint');
    const [other] = eventsOf(await eventsOfRun(tinyRun()), 'checkpoint');
    await expect(endOf(tinyRun({ checkpoint: one!.checkpoint }))).rejects.toThrow(
      'made in a run with averaging',
    );
    await expect(endOf({ ...run, checkpoint: other!.checkpoint })).rejects.toThrow(
      'made in a run without averaging',
    );
    for (const decay of [0, 1, Number.NaN]) {
      await expect(endOf(tinyRun({ averaging: { decay } }))).rejects.toThrow('averaging.decay');
    }
  });
});

describe('the norm of gradients', () => {
  it('is measured before they are bounded, of each step and as mean over an epoch, the same bits recorded', async () => {
    const run = tinyRun({ epochs: 2, batchSize: 11, gradientNorm: true, clip: { norm: 0.1 } });
    const events = await eventsOfRun(run);
    const steps = eventsOf(events, 'step').map(({ gradientNorm }) => gradientNorm as number);
    const { history, weights } = events.at(-1) as EndEvent;
    expect(history[0]!.gradientNorm).toBe((steps[0]! + steps[1]!) / 2);
    expect(steps.every((norm) => norm > 0.1)).toBe(true);
    const { gradientNorm: _, ...without } = run;
    expect((await endOf(without)).weights).toEqual(weights);
    for (const accelerator of accelerators) {
      const other = await endOf({ ...run, accelerator });
      expect(withoutSeconds(other.history)).toEqual(withoutSeconds(history));
    }
    expect((await resumed(run, 3)).history[1]!.gradientNorm).toBe(history[1]!.gradientNorm);
  });

  it('is the square root of the sum of their squares', () => {
    const objective = createObjective(tinyModel());
    const parameters = parametersToTensors(objective.initialize(1));
    const inputs = { x: tf.fill([3, 4, 3, 1], 0.25), 'noise.z': tf.fill([3, 2], 0.5) };
    const { gradients } = lossAndGradients(objective, parameters, inputs);
    const squares = Object.values(gradients).flatMap((gradient) =>
      [...gradient.dataSync()].map((one) => one ** 2),
    );
    const program = stepProgram(objective, objective.players[0], {
      ...{ scalars: scalarsAt(objective), gradientNorm: true },
    });
    const { outputs } = program.trace({ parameters, inputs, scalars: { 'weight.kl': tf.scalar(1) } });
    const expected = Math.sqrt(squares.reduce((sum, one) => sum + one, 0));
    expect(outputs.gradientNorm!.dataSync()[0]! / expected).toBeCloseTo(1, 5);
  });
});
