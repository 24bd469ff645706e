import { describe, expect, it } from 'vitest';
import { tinyConfig } from '../testing/tiny-run.ts';
import { describeSettings, parseSweep, planSweep, type SweepSpec } from './sweep-spec.ts';

const plan = (spec: SweepSpec) => planSweep(spec, tinyConfig(), 'sweep.json');

describe('a sweep', () => {
  it('sets settings by the names of their flags or by their paths, and the epochs of the budget', () => {
    const { configOf, strategy } = plan({
      ranges: { latentDim: [3], 'model.encoder.activation': ['tanh'], optimizer: [{ name: 'sgd' }] },
      budget: { trials: 1, epochs: 5 },
    });
    const [task] = strategy.tasks([]);
    const { model, training, dataset } = configOf(task!.settings);
    expect(model).toMatchObject({ latentDim: 3, encoder: { hidden: [8], activation: 'tanh' } });
    expect(training).toMatchObject({ epochs: 5, batchSize: 50, optimizer: { name: 'sgd' } });
    expect(dataset).toEqual(tinyConfig().dataset);
  });

  it("takes the recipe's epochs, Sobol and the ELBO where nothing is said", () => {
    const of = plan({ ranges: { latentDim: [2, 3] }, budget: { trials: 4 } });
    expect(of).toMatchObject({ strategyName: 'sobol', judge: 'elbo', seed: 1, epochs: 2 });
    expect(of.strategy).toMatchObject({ trials: 4, epochs: 8 });
  });

  it('leaves a setting that does not count as the recipe has it', () => {
    const { configOf } = plan({
      ranges: {
        'training.optimizer.name': ['adam', 'sgd'],
        beta: { from: 1, to: 4, when: { 'training.optimizer.name': 'sgd' } },
      },
      budget: { trials: 2 },
    });
    expect(configOf({ 'training.optimizer.name': 'adam' }).training.beta).toBeUndefined();
    expect(configOf({ 'training.optimizer.name': 'sgd', beta: 2 }).training.beta).toBe(2);
  });

  it('says which settings cannot be', () => {
    const { configOf } = plan({ ranges: { latentDim: [0] }, budget: { trials: 1 } });
    expect(() => configOf({ latentDim: 0 })).toThrow(
      'sweep.json: latentDim 0: model.latentDim must be a whole number of at least 1, got 0',
    );
    const { configOf: deep } = plan({ ranges: { 'training.seed.x': [1] }, budget: { trials: 1 } });
    expect(() => deep({ 'training.seed.x': 1 })).toThrow('training.seed is 7, which has no fields');
  });

  it.each([
    [{ ranges: { epochs: [1] } }, 'ranges.epochs: how long trials are trained is budget.epochs'],
    [{ ranges: { recipe: ['table'] } }, 'ranges.recipe: trials are of one recipe'],
    [{ ranges: { 'start.from': ['a'] } }, 'ranges.start.from: all trials begin with weights of their own'],
    [{ ranges: { model: [{}] } }, 'ranges.model is no setting of a config'],
    [{ ranges: { beta: [1] }, config: { training: 3 } }, 'config: training must be an object'],
    [{ ranges: { beta: [1] }, strategy: 3 }, 'strategy must be'],
    [
      { ranges: { beta: [1] }, budget: { epoch: 3 } },
      "there is no field budget.epoch. Did you mean 'epochs'?",
    ],
    ['text', 'it must be an object'],
  ])('%j is answered in words', (input, message) => {
    expect(() => parseSweep(input, 'sweep.json')).toThrow(message);
  });

  it('describes settings as a line', () => {
    expect(describeSettings({ latentDim: 2, net: 'mlp', optimizer: { name: 'sgd' } })).toBe(
      'latentDim 2, net mlp, optimizer {"name":"sgd"}',
    );
  });
});
