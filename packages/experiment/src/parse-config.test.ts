import { LatentkitError } from '@latentkit/core';
import { createLikelihood, type LikelihoodSpec } from '@latentkit/losses';
import { describe, expect, it } from 'vitest';
import type { ExperimentConfig } from './config-schema.ts';
import { parseConfig } from './parse-config.ts';
import { recipes } from './recipes/find-recipe.ts';

function configOf(name = 'keras-dense'): ExperimentConfig {
  const { dataset, model, training, figures, objective } = recipes.find((recipe) => recipe.name === name)!;
  return structuredClone({
    ...{ recipe: name, dataset: { name: 'digits', ...dataset }, model, training },
    ...(figures && { figures }),
    ...(objective && { objective }),
  });
}

/** A valid config with one field set; removed for `undefined`. */
function withField(path: string, value: unknown, name?: string): unknown {
  const config = configOf(name) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  let parent = config;
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  if (value === undefined) delete parent[keys.at(-1)!];
  else parent[keys.at(-1)!] = value;
  return config;
}

function messageOf(input: unknown): string {
  try {
    parseConfig(input, 'my.json');
  } catch (error) {
    expect(error).toBeInstanceOf(LatentkitError);
    expect((error as LatentkitError).code).toBe('E_CONFIG');
    return (error as LatentkitError).message;
  }
  return 'valid';
}

describe.each(recipes.map(({ name }) => name))('the recipe %s', (name) => {
  it('is valid, and the same after a trip through JSON', () => {
    const config = configOf(name);
    expect(parseConfig(config)).toEqual(config);
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });
});

it('keeps every optional field', () => {
  const config: ExperimentConfig = {
    recipe: 'own',
    dataset: { name: 'mnist', dataDir: 'data', limit: 500 },
    model: {
      kind: 'vae',
      latentDim: 3,
      encoder: { type: 'conv', filters: [4], kernelSize: 5, stride: 1, hidden: [8], activation: 'leakyRelu' },
      decoder: { type: 'mlp', hidden: [], activation: 'tanh' },
      likelihood: { type: 'gaussian', output: 'tanh', sigma: 'learned' },
    },
    training: {
      epochs: 3,
      batchSize: 16,
      seed: 2 ** 53 - 1,
      optimizer: { name: 'sgd', momentum: 0.9, nesterov: true },
      learningRate: { type: 'exponential', from: 0.1, rate: 0.9 },
      rateCut: [
        { after: 1, factor: 0.5 },
        { after: 2, factor: 0.25 },
      ],
      beta: { type: 'linear', from: 0, to: 1, epochs: 2 },
      clip: { value: 1, norm: 2 },
      binarize: 'dynamic',
      keep: 'last',
      earlyStopping: { patience: 0, minDelta: 0 },
      reduceOnPlateau: { factor: 0.5, patience: 2, minDelta: 0.1, minLearningRate: 0 },
    },
  };
  expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

describe('an unknown field is named, with the nearest that exists', () => {
  it.each([
    ['trainig', 1, "there is no field trainig. Did you mean 'training'?"],
    ['dataset.limits', 3, "there is no field dataset.limits. Did you mean 'limit'?"],
    ['model.encoder.hiden', [1], "there is no field model.encoder.hiden. Did you mean 'hidden'?"],
    ['training.optimizer.betta1', 0.9, "there is no field training.optimizer.betta1. Did you mean 'beta1'?"],
    ['training.rateCut', [{ after: 1, factors: 0.5 }], "Did you mean 'factor'?"],
    ['training.clip', { nrom: 1 }, "there is no field training.clip.nrom. Did you mean 'norm'?"],
    [
      'training.learningRate',
      { type: 'cosine', form: 1, to: 0, epochs: 3 },
      "there is no field training.learningRate.form. Did you mean 'from'?",
    ],
    ['training.reduceOnPlateau', { factors: 0.5, patience: 2 }, "Did you mean 'factor'?"],
    ['model.likelihood.sigma', 1, 'there is no field model.likelihood.sigma. Known: type, output'],
    ['training.optimizer.rho', 0.9, 'Known: name, beta1, beta2, epsilon'],
    ['model.toString', 4, 'there is no field model.toString. Known: kind, '],
  ])('%s', (path, value, message) => {
    expect(messageOf(withField(path, value))).toContain(message);
  });

  it('even where the right one is therefore missing', () => {
    const config = withField('model.latentDim', undefined) as ExperimentConfig;
    const misspelt = { ...config, model: { ...config.model, latentdim: 2 } };
    expect(messageOf(misspelt)).toBe("my.json: there is no field model.latentdim. Did you mean 'latentDim'?");
  });
});

describe('a field that does not fit is named, with what was expected and got', () => {
  it.each([
    ['training.epochs', '10', "training.epochs must be a whole number of at least 1, got '10'"],
    ['training.epochs', 0, 'training.epochs must be a whole number of at least 1, got 0'],
    ['training.epochs', 1.5, 'training.epochs must be a whole number of at least 1, got 1.5'],
    ['training.epochs', Number.POSITIVE_INFINITY, 'must be a whole number of at least 1, got Infinity'],
    ['training.epochs', undefined, 'training.epochs is missing: it must be a whole number of at least 1'],
    ['training.batchSize', -5, 'training.batchSize must be a whole number of at least 1, got -5'],
    ['training.seed', -1, 'training.seed must be a whole number of at least 0, got -1'],
    ['training.seed', 2 ** 60, 'training.seed must be at most 2^53 - 1, got 1152921504606847000'],
    ['training.beta', -0.5, 'training.beta must be a number of at least 0, got -0.5'],
    ['training.beta', null, 'training.beta must be a number of at least 0, or a schedule, got null'],
    ['training.learningRate', 'fast', "must be a number of at least 0, or a schedule, got 'fast'"],
    ['training.learningRate', Number.NaN, 'training.learningRate must be a number of at least 0, got NaN'],
    [
      'training.learningRate',
      { type: 'cosin' },
      "training.learningRate.type must be 'linear', 'cosine', 'cyclic' or 'exponential', got 'cosin'. Did you mean 'cosine'?",
    ],
    [
      'training.learningRate',
      { type: 'linear', from: 1, epochs: 2 },
      'training.learningRate.to is missing: it must be a number of at least 0',
    ],
    ['training.optimizer', 'adam', "training.optimizer must be an object with a name, got 'adam'"],
    ['training.optimizer.beta1', 1, 'training.optimizer.beta1 must be a number from 0 to below 1, got 1'],
    ['training.clip', { norm: 0 }, 'training.clip.norm must be a number above 0, got 0'],
    ['training.keep', 'first', "training.keep must be 'best' or 'last', got 'first'"],
    [
      'training.reduceOnPlateau',
      { factor: 1, patience: 2 },
      'training.reduceOnPlateau.factor must be a number below 1, got 1',
    ],
    ['dataset', 'mnist', "dataset must be an object with a name, got 'mnist'"],
    [
      'dataset.name',
      'minst',
      "must be 'digits', 'mnist', 'fashion-mnist', 'kmnist', 'shapes' or 'arrays', got 'minst'. Did you mean 'mnist'?",
    ],
    ['dataset.dataDir', 4, 'dataset.dataDir must be left out, as the digits are drawn by code, got 4'],
    ['model', undefined, 'model is missing: it must be an object'],
    [
      'model.kind',
      'VAE',
      "model.kind must be 'vae', 'autoencoder', 'vq', 'semiSupervised' or 'hierarchical', got 'VAE'. Did you mean 'vae'?",
    ],
    ['model.latentDim', [2], 'model.latentDim must be a whole number of at least 1, got a list'],
    ['model.encoder', undefined, 'model.encoder is missing: it must be an object with a type'],
    ['model.encoder.type', 'dense', "model.encoder.type must be 'mlp', 'conv' or 'residual', got 'dense'"],
    ['model.encoder.hidden', 512, 'model.encoder.hidden must be a list, got 512'],
    ['model.encoder.hidden', [512, 0], 'model.encoder.hidden[1] must be a whole number of at least 1, got 0'],
    [
      'model.encoder.activation',
      'relo',
      "'linear', 'relu', 'leakyRelu' or 'tanh', got 'relo'. Did you mean 'relu'?",
    ],
    [
      'model.encoder',
      { type: 'conv', filters: [], activation: 'relu' },
      "model.encoder.filters must name at least one convolution; for none, take type 'mlp'",
    ],
    ['recipe', undefined, 'recipe is missing: it must be text'],
    ['recipe', 'x'.repeat(500), 'valid'],
    ['training.binarize', 'y'.repeat(500), `got '${'y'.repeat(40)}...'`],
  ])('%s of %j', (path, value, message) => {
    expect(messageOf(withField(path, value))).toContain(message);
  });

  it.each([
    [null, 'it must be an object, got null'],
    [undefined, 'it must be an object, got nothing'],
    ['text', "it must be an object, got 'text'"],
    [3, 'it must be an object, got 3'],
  ])('a config of %j', (input, message) => {
    expect(messageOf(input)).toBe(`my.json: ${message}`);
  });

  it('in words, never those of a type system', () => {
    const values = [null, 'text', -1, 0.5, [], [{}], {}, true, { type: 'x' }, { name: 'x' }];
    const paths = (value: object, prefix = ''): string[] =>
      Object.entries(value).flatMap(([key, child]) => [
        prefix + key,
        ...(typeof child === 'object' && child !== null && !Array.isArray(child)
          ? paths(child, `${prefix}${key}.`)
          : []),
      ]);
    for (const { name } of recipes) {
      for (const path of paths(configOf(name))) {
        for (const value of [...values, undefined]) {
          const message = messageOf(withField(path, value, name));
          if (message === 'valid') continue;
          expect(message).toMatch(/^my\.json: (there is no field )?[a-zA-Z.[\]0-9]+/);
          expect(message).not.toMatch(/[<>|"]|\bObject\b|Array|native code|undefined|never|Invalid/);
        }
      }
    }
  });
});

describe('parts that do not fit together', () => {
  it('a KL weight for a plain autoencoder', () => {
    expect(messageOf(withField('training.beta', 1, 'autoencoder'))).toBe(
      "my.json: training.beta weighs a KL, which a model of kind 'autoencoder' does not have. Leave beta out, or use model.kind 'vae'",
    );
  });

  it('a latent activation for a VAE', () => {
    expect(messageOf(withField('model.latentActivation', 'relu'))).toContain(
      "model.latentActivation is for model.kind 'autoencoder'. Leave it out",
    );
  });

  it("Nesterov's momentum without a momentum", () => {
    expect(messageOf(withField('training.optimizer', { name: 'sgd', nesterov: true }))).toContain(
      'training.optimizer: nesterov needs a momentum above 0. Add momentum',
    );
  });

  it.each(['tanh', 'linear'])('a Bernoulli likelihood of a %s output', (output) => {
    expect(messageOf(withField('model.likelihood.output', output))).toContain(
      `model.likelihood.output must be 'sigmoid' for a Bernoulli likelihood, whose mean is a probability`,
    );
  });
});

it('reads the old name of the absolute error', () => {
  const config = parseConfig(withField('model.likelihood', { type: 'l1', output: 'sigmoid' }));
  expect(config.model.likelihood).toEqual({ type: 'absoluteError', output: 'sigmoid' });
});

it('accepts exactly the likelihoods that createLikelihood does', () => {
  for (const type of ['bernoulli', 'squaredError', 'gaussian', 'absoluteError', 'poisson']) {
    for (const output of ['sigmoid', 'tanh', 'linear', 'softmax']) {
      for (const rest of [
        {},
        { sigma: 1 },
        { sigma: 'learned' },
        { sigma: 0 },
        { sigma: 'learnt' },
        { pixels: 'mean' },
        { pixels: 'max' },
      ]) {
        const spec = { type, output, ...rest };
        const accepted = messageOf(withField('model.likelihood', spec)) === 'valid';
        expect(accepted, JSON.stringify(spec)).toBe(!throws(() => createLikelihood(spec as LikelihoodSpec)));
      }
    }
  }
});

function throws(call: () => unknown): boolean {
  try {
    call();
  } catch {
    return true;
  }
  return false;
}

it('figures are known by their names, each once, and trainOnAll leaves none to hold out', () => {
  expect(messageOf(withField('figures', [{ name: 'smaples' }]))).toContain(
    "figures[0].name must be 'loss-curves', 'reconstructions'",
  );
  expect(messageOf(withField('figures', [{ name: 'samples', cuont: 3 }]))).toContain('cuont');
  const twice = [{ name: 'samples' }, { name: 'samples', count: 3 }];
  expect(messageOf(withField('figures', twice))).toContain("figures has 'samples' twice");
  const all = { name: 'digits', trainOnAll: true, validation: 10 };
  expect(messageOf(withField('dataset', all))).toContain('trainOnAll leaves no image');
});

it('labels of some are for a model that learns from such', () => {
  const classifying = { kind: 'semiSupervised', condition: { classes: 10 } };
  const of = (dataset: object, model: object = {}, beta?: number) => {
    const config = configOf();
    const { beta: _, ...training } = config.training;
    return messageOf({
      ...config,
      ...{ dataset: { name: 'digits', ...dataset }, model: { ...config.model, ...model } },
      training: { ...training, ...(beta !== undefined && { beta }) },
    });
  };
  expect(of({ labels: 100 }, classifying)).toBe('valid');
  expect(of({ labels: 100 })).toContain("dataset.labels hides the others, which model.kind 'vae'");
  expect(of({ labelledShare: 0.1 }, classifying)).toContain('dataset.labelledShare is about dataset.labels');
  expect(of({ labels: 100, labelledShare: 2 }, classifying)).toContain('dataset.labelledShare must be');
  expect(of({ labels: 0 }, classifying)).toContain('dataset.labels must be a whole number of at least 1');
  expect(of({ labels: 100 }, classifying, 2)).toContain('training.beta weighs a KL');
});
