import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { normalRows, type Session, type SessionData, Stream } from '@latentkit/core';
import {
  createObjective,
  kl,
  openEagerSession,
  reconstruction,
  scalarsAt,
  stepProgram,
  type Term,
} from '@latentkit/objectives';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { applyRule, createOptimizer } from './optimizers/create-optimizer.ts';
import { tinyModel } from './testing/tiny-run.ts';

beforeAll(() => startWasmBackend());

const BATCH = 11; // whole tiles and a rest
const STEPS = 5;
const model = tinyModel();
const { image, latentDim } = model.spec;
const pixels = image.height * image.width * image.channels;

/** Keeps a running mean of the codes, and their number, as state: what a codebook or a batch normalisation does. */
const runningMean: Term = {
  ...{ name: 'distance', title: 'Distance to the mean code', unit: '', per: 'example', weight: 'reported' },
  evaluate({ latents, context: { parameters, training, emit } }) {
    const { mean } = latents.z!.posterior;
    const old = parameters['running.mean']!;
    if (training) {
      emit('running.mean', tf.add(tf.mul(old, 0.9), tf.mul(tf.mean(mean, 0), 0.1)));
      emit('running.steps', tf.add(parameters['running.steps']!, 1));
    }
    return tf.sum(tf.square(tf.sub(mean, old)), 1);
  },
};
const objective = createObjective(model, { terms: [reconstruction(), kl(), runningMean] });
const scalars = scalarsAt(objective);
const program = stepProgram(objective, objective.players[0], { scalars });

const optimizer = createOptimizer({ name: 'adam' });
const weights = model.initialize(3);
const slots = Object.fromEntries(
  Object.entries(weights).flatMap(([name, { shape, data }]) =>
    optimizer.rule.slots.map((slot) => [`${name}/${slot}`, { shape, data: new Float32Array(data.length) }]),
  ),
);
const state = {
  parameters: {
    ...weights,
    'running.mean': { shape: [latentDim], data: new Float32Array(latentDim).fill(0.5) },
    'running.steps': { shape: [1], data: new Float32Array(1) },
  },
  slots,
};

function dataAt(step: number): SessionData {
  const address = { seed: 5, stream: Stream.latentNoise, step };
  const data = normalRows(BATCH, pixels, address).map((value) => 1 / (1 + Math.exp(-value)));
  return {
    inputs: { x: { shape: [BATCH, image.height, image.width, image.channels], data } },
    noise: { requests: objective.noise, rows: BATCH, address: { ...address, index: BATCH } },
    scalars,
  };
}

async function run(session: Session<tf.Tensor>) {
  const makeStep = (step: number, data: SessionData) => {
    const coefficients = optimizer.coefficients({ step, learningRate: 0.01 });
    return session.step(program, data, { rule: optimizer.rule, coefficients });
  };
  const outputs = [];
  for (let step = 1; step <= STEPS; step++) outputs.push(await makeStep(step, dataAt(step)));
  const after = session.read();
  const { inputs } = dataAt(STEPS + 1);
  const noise = { shape: [BATCH, latentDim], data: new Float32Array(BATCH * latentDim).fill(Number.NaN) };
  await makeStep(STEPS + 1, { inputs: { ...inputs, 'noise.z': noise }, scalars });
  expect(session.read()).toEqual(after); // weights, slots and state alike
  session.close();
  return { outputs, ...after };
}

it('state that a term emits is the same bits eagerly and recorded, and stays where a step is left out', async () => {
  const expected = await run(openEagerSession(state, applyRule));
  expect([...expected.parameters['running.steps']!.data]).toEqual([STEPS]);
  expect(expected.parameters['running.mean']).not.toEqual(state.parameters['running.mean']);
  for (const workers of [1, 2, 3]) {
    const accelerator = await createAccelerator({ workers });
    expect(await run(await accelerator.open(state)), `${workers} workers`).toEqual(expected);
    await accelerator.close();
  }
});
