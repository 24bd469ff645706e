import { startWasmBackend } from '@latentkit/backend';
import type { NamedArrays } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createObjective, type ObjectiveSpec } from './create-objective.ts';
import { openEagerSession } from './eager-session.ts';
import { type Objective, termsOf } from './objective.ts';
import { evaluationProgram, stepProgram } from './programs.ts';
import type { Term } from './term.ts';
import { kl } from './terms/kl.ts';
import { reconstruction } from './terms/reconstruction.ts';
import { smallBatch, smallModel } from './testing/small.ts';
import { lossOf, scalarsAt, withBeta } from './weights.ts';

beforeAll(() => startWasmBackend());

const EXAMPLES = 100;
const DENSE = { type: 'mlp', hidden: [3], activation: 'relu' } as const;
const TWO_LEVELS = { kind: 'hierarchical', upper: { latentDim: 2, encoder: DENSE, decoder: DENSE } } as const;

/** The terms of each example (or of the batch), by fresh weights. */
async function termValues(objective: Objective, weights = objective.initialize(1)): Promise<NamedArrays> {
  const session = openEagerSession({ parameters: weights, slots: {} });
  const inputs = smallBatch(objective);
  const values = await session.run(evaluationProgram(objective), { inputs, scalars: scalarsAt(objective) });
  session.close();
  return values;
}

/** A step's outputs and gradients. */
function gradientsOf(objective: Objective, weights: NamedArrays, scalars = scalarsAt(objective)) {
  const tensors = (arrays: NamedArrays) =>
    Object.fromEntries(
      Object.entries(arrays).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
    );
  const [player] = objective.players;
  const { outputs, gradients } = stepProgram(objective, player, { scalars }).trace({
    parameters: tensors(weights),
    inputs: tensors(smallBatch(objective)),
    scalars: Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, tf.scalar(value)])),
  });
  const numbers = (record: Readonly<Record<string, tf.Tensor>>) =>
    Object.fromEntries(
      Object.entries(record).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]),
    );
  return { outputs: numbers(outputs), gradients: numbers(gradients!) };
}

describe('betaTc', () => {
  it('takes the KL apart: mutual information + total correlation + dimension-wise KL = KL', async () => {
    const spec = { type: 'betaTc', totalCorrelation: 6 } as const;
    const values = await termValues(createObjective(smallModel(), spec, { examples: EXAMPLES }));
    const parts = ['mutualInformation', 'totalCorrelation', 'dimensionwiseKl'].map(
      (name) => values[name]!.data,
    );
    const sums = values.kl!.data.map((_, i) => parts.reduce((sum, data) => sum + data[i]!, 0));
    for (const [i, sum] of sums.entries()) expect(Math.abs(sum - values.kl!.data[i]!)).toBeLessThan(1e-4);
  });
});

describe('iwae', () => {
  it('is the negative ELBO of the same sample for k = 1', async () => {
    const model = smallModel();
    const bound = await termValues(createObjective(model, { type: 'iwae', samples: 1 }));
    const terms = [reconstruction(), kl({ estimate: 'sampled' })];
    const elbo = await termValues(createObjective(model, { terms }));
    const sums = elbo.kl!.data.map((value, i) => value + elbo.reconstruction!.data[i]!);
    expectClose(bound.bound!.data, sums, { relative: 1e-5 });
  });

  it('is nearer to -log p(x) for more samples', async () => {
    const model = smallModel();
    const meanOf = async (samples: number) => {
      const { bound } = await termValues(createObjective(model, { type: 'iwae', samples }));
      return bound!.data.reduce((sum, value) => sum + value, 0) / 6;
    };
    expect(await meanOf(400)).toBeLessThan(await meanOf(1));
  });
});

describe('a term of weight 0', () => {
  it('spoils neither loss nor gradients by being infinite', () => {
    const mlp = { type: 'mlp', hidden: [], activation: 'linear' } as const;
    const objective = createObjective(smallModel({ encoder: mlp, decoder: mlp }), { type: 'elbo', beta: 0 });
    for (const logVar of [0, 80, 89, 100]) {
      const zeros = Object.entries(objective.initialize(1)).map(([name, { shape, data }]) => [
        name,
        { shape, data: new Float32Array(data.length).fill(name === 'encoder.logVar.bias' ? logVar : 0) },
      ]);
      const { outputs, gradients } = gradientsOf(objective, Object.fromEntries(zeros) as NamedArrays);
      // Logits are 0: 12 log 2 whatever the images.
      expectClose(outputs.reconstruction!, [12 * Math.LN2], { relative: 1e-6 });
      const scalars = scalarsAt(objective);
      expect(lossOf(termsOf(objective), { reconstruction: 1, kl: outputs.kl![0]! }, scalars)).toBe(1);
      for (const data of Object.values(gradients)) expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  it('is refused where there is no other', () => {
    const objective = createObjective(smallModel(), { terms: [kl({ weight: 'reported' })] });
    const step = () => stepProgram(objective, objective.players[0], { scalars: {} });
    expect(step).toThrow('there is nothing to minimise');
  });
});

describe('createObjective', () => {
  const mean = (parts: Partial<Parameters<typeof smallModel>[0]>) => smallModel(parts);

  it.each([
    [
      'betaTc of a point',
      { kind: 'autoencoder' },
      { type: 'betaTc', totalCorrelation: 2 },
      'needs codes that are distributions',
    ],
    [
      'iwae of a point',
      { kind: 'autoencoder' },
      { type: 'iwae', samples: 2 },
      'needs codes that are distributions',
    ],
    ['beta of a point', { kind: 'autoencoder' }, { type: 'elbo', beta: 2 }, 'beta is about a KL'],
    [
      'iwae of no density',
      { likelihood: { type: 'squaredError', output: 'sigmoid' } },
      { type: 'iwae', samples: 2 },
      "'squaredError' is none",
    ],
    [
      'betaTc of a mixture',
      { prior: { type: 'mixture', components: 3 } },
      { type: 'betaTc', totalCorrelation: 2 },
      "'mixture' does not allow",
    ],
    [
      'infoVae of a prior that learns',
      { prior: { type: 'vamp', components: 3 } },
      { type: 'infoVae', mmd: 2 },
      "'vamp' would learn nothing",
    ],
    [
      'betaTc of two levels below a mixture',
      { ...TWO_LEVELS, prior: { type: 'mixture', components: 3 } },
      { type: 'betaTc', totalCorrelation: 2 },
      "'mixture' does not allow",
    ],
    [
      'infoVae of two levels below a prior that learns',
      { ...TWO_LEVELS, prior: { type: 'vamp', components: 3 } },
      { type: 'infoVae', mmd: 2 },
      "'vamp' would learn nothing",
    ],
    ['two bounds', {}, { type: 'elbo', freeBits: 1, capacity: 2 }, 'either freeBits or capacity'],
    ['a misspelt field', {}, { type: 'elbo', betta: 1 }, "Did you mean 'beta'?"],
    ['a misspelt type', {}, { type: 'iwea', samples: 1 }, "Did you mean 'iwae'?"],
  ] as const)('refuses %s, with what to do', (_, model, spec, message) => {
    const make = () =>
      createObjective(mean(model as object), spec as unknown as ObjectiveSpec, { examples: EXAMPLES });
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
  });

  it('says that betaTc needs the number of training images', () => {
    const make = () => createObjective(smallModel(), { type: 'betaTc', totalCorrelation: 2 });
    expect(make).toThrow('{ examples: dataset.train.count }');
  });

  it('takes terms of your own, and refuses names that metrics have', async () => {
    const ink: Term = {
      ...{ name: 'ink', title: 'Ink', unit: '', per: 'example', weight: 0.5 },
      evaluate: ({ x }) => tf.mean(x, [1, 2, 3]) as tf.Tensor1D,
    };
    const values = await termValues(createObjective(smallModel(), { terms: [reconstruction(), kl(), ink] }));
    expect(values.ink!.shape).toEqual([6]);
    for (const name of ['valInk', 'loss', 'beta', 'weightInk', 'Ink', 'kl']) {
      const make = () => createObjective(smallModel(), { terms: [reconstruction(), kl(), { ...ink, name }] });
      expect(make, name).toThrow(expect.objectContaining({ code: 'E_CONFIG' }));
    }
  });

  it.each<[unknown[], string]>([
    [[null], 'E_USAGE createObjective: model must be a model, got null. createModel(spec) makes one'],
    [[smallModel().spec], 'E_USAGE createObjective: model must be a model, got an object'],
    [
      [smallModel(), null],
      'E_USAGE createObjective: objective must be an object with a type, or with terms, got null',
    ],
    [[smallModel(), 'betaTc'], "got 'betaTc'. createObjective(model, { type: 'betaTc' })"],
    [[smallModel(), {}], "E_CONFIG createObjective: type must be 'elbo'"],
    [[smallModel(), { terms: null }], 'E_CONFIG createObjective: terms must be a list of terms'],
    [[smallModel(), { terms: [null] }], 'E_USAGE createObjective: terms[0] must be a term, got null'],
    [[smallModel(), { terms: [kl] }], 'E_USAGE createObjective: terms[0] must be a term, got a function'],
    [
      [smallModel(), { terms: [kl()], samples: 0 }],
      'E_RANGE createObjective: samples must be a whole number from 1',
    ],
    [
      [smallModel(), { type: 'elbo' }, { exampels: 3 }],
      "there is no option exampels. Did you mean 'examples'?",
    ],
    [[smallModel(), { type: 'elbo' }, { examples: '3' }], "examples must be a whole number from 1, got '3'"],
  ])('refuses what no type checker has seen: %o', (given, said) => {
    const [, code, message] = /^(?:(E_\w+) )?(.*)$/.exec(said)!;
    const make = () => (createObjective as (...all: unknown[]) => Objective)(...given);
    expect(make).toThrow(expect.objectContaining({ message: expect.stringContaining(message!) }));
    if (code !== undefined) expect(make).toThrow(expect.objectContaining({ code }));
  });

  it('says what a model counts its reconstruction in', () => {
    const unitsOf = (model: ReturnType<typeof smallModel>) =>
      termsOf(createObjective(model)).map(({ name, unit }) => [name, unit]);
    expect(unitsOf(smallModel())).toEqual([
      ['reconstruction', 'nats'],
      ['kl', 'nats'],
    ]);
    const likelihood = { type: 'squaredError', output: 'sigmoid' } as const;
    expect(unitsOf(smallModel({ likelihood }))[0]).toEqual(['reconstruction', 'squared error']);
  });

  it('has one KL whose weight beta is, bounded or not', () => {
    const bounded = createObjective(smallModel(), { type: 'elbo', freeBits: 1 });
    expect(scalarsAt(withBeta(bounded, 3))).toMatchObject({ 'weight.klPenalty': 3 });
    const tc = createObjective(smallModel(), { type: 'betaTc', totalCorrelation: 2 }, { examples: 9 });
    expect(() => withBeta(tc, 3)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });
});

describe('scalarsAt', () => {
  it('has a schedule over the run end in its last epoch', () => {
    const objective = createObjective(smallModel(), {
      type: 'elbo',
      beta: { type: 'linear', from: 0, to: 1 },
    });
    const betas = (runEpochs: number) =>
      Array.from({ length: runEpochs }, (_, epoch) => scalarsAt(objective, epoch, runEpochs)['weight.kl']);
    expect(betas(5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(betas(2)).toEqual([0, 1]);
    expect(betas(1)).toEqual([1]);
    expect(scalarsAt(objective)['weight.kl']).toBe(1);
  });

  it('follows a schedule that says how long it is for so long', () => {
    const beta = { type: 'linear', from: 0, to: 1, epochs: 4 } as const;
    const objective = createObjective(smallModel(), { type: 'elbo', beta });
    expect([0, 2, 4, 5].map((epoch) => scalarsAt(objective, epoch, 6)['weight.kl'])).toEqual([0, 0.5, 1, 1]);
  });
});
