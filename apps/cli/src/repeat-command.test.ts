import { execFileSync } from 'node:child_process';
import { type ExperimentConfig, findRecipe, recipes, repeatCommand } from '@latentkit/experiment';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addRunOptions } from './options.ts';
import { resolveConfig } from './resolve-config.ts';

/** The config that a shell's words come to. */
async function configOf(command: string): Promise<ExperimentConfig> {
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  const [name, ...args] = words.split('\0').slice(0, -1);
  expect(name).toBe('train');
  return resolveConfig(addRunOptions(new Command()).parse(args, { from: 'user' }).opts());
}

const of = (name: string): ExperimentConfig => {
  const { model, training, dataset, figures, objective } = findRecipe(name);
  return {
    recipe: name,
    dataset: { name: 'mnist', ...dataset },
    model,
    training,
    ...(figures && { figures }),
    ...(objective && { objective }),
  };
};
const vae = of('keras-conv');

it.each(recipes.map(({ name }) => name))('the command in the report of %s gives its config', async (name) => {
  expect(await configOf(repeatCommand(of(name)))).toEqual(of(name));
});

it.each<[string, ExperimentConfig]>([
  ['numbers', { ...vae, training: { ...vae.training, epochs: 3, beta: 0, seed: 0, batchSize: 7 } }],
  [
    'schedules',
    { ...vae, training: { ...vae.training, beta: { type: 'linear', from: 0, to: 4, epochs: 2 } } },
  ],
  ['an optimizer', { ...vae, training: { ...vae.training, optimizer: { name: 'rmsprop', epsilon: 1e-5 } } }],
  [
    'a net',
    { ...vae, model: { ...vae.model, encoder: { type: 'mlp', hidden: [9, 8], activation: 'tanh' } } },
  ],
  ['a limit', { ...vae, dataset: { name: 'kmnist', limit: 500, validation: 50 } }],
  [
    'clipping',
    { ...vae, training: { ...vae.training, clip: { norm: 1 }, keep: 'last', binarize: 'dynamic' } },
  ],
])('%s come back too', async (_, config) => {
  expect(await configOf(repeatCommand(config))).toEqual(config);
});

it('an objective of its own comes back, without the beta of the recipe', async () => {
  const { beta: _, ...training } = vae.training;
  const config: ExperimentConfig = { ...vae, training, objective: { type: 'betaTc', totalCorrelation: 6 } };
  expect(await configOf(repeatCommand(config))).toEqual(config);
});

it('a config of no recipe comes back but for its name', async () => {
  const config: ExperimentConfig = { ...vae, recipe: 'mine', training: { ...vae.training, epochs: 2 } };
  const { earlyStopping: _, ...training } = config.training;
  const command = repeatCommand({ ...config, training });
  expect(await configOf(command)).toEqual({ ...config, training, recipe: 'digits-dense' });
});
