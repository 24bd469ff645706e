import { checkValue, having } from '@latentkit/core/options';
import type { ExperimentConfig } from '../config-schema.ts';
import { recipes } from '../recipes/find-recipe.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { isSameSetting, settingsOf } from '../settings-of.ts';

/** Settings that have a flag of their own, for numbers. */
const FLAGS: Readonly<Record<string, string>> = {
  'dataset.limit': '--limit',
  'dataset.validation': '--validation',
  'dataset.size': '--size',
  'dataset.channels': '--channels',
  'model.latentDim': '--latent-dim',
  'training.epochs': '--epochs',
  'training.batchSize': '--batch-size',
  'training.learningRate': '--learning-rate',
  'training.beta': '--beta',
};

/** Of every command, or of none: a folder is another one elsewhere. */
const APART = [
  'recipe',
  'start.from',
  'start.weights',
  'start.notes',
  'dataset.name',
  'dataset.dataDir',
  'training.seed',
  'objective.type',
];

/**
 * The arguments of `latentkit` that train by a config again: its recipe and what differs from it, ready for a shell. Where images
 * lie is for the reader to say: `--data-dir`, or the file in the place of `images.npy` or `table.csv`.
 *
 * @example
 * repeatCommand(config); // 'train --recipe keras-conv --dataset mnist --beta 4 --seed 42'
 */
export function repeatCommand(config: ExperimentConfig): string {
  checkValue('repeatCommand', 'config', config, having('a config', { model: 'object', training: 'object' }));
  const recipe = baseOf(config);
  const { name, model, training, dataset, figures, objective } = recipe;
  const usual = settingsOf(
    { recipe: name, dataset, model, training, figures, objective } as ExperimentConfig,
    2,
  );
  const isTable = config.model.likelihood?.type === 'columns';
  const words = ['train', '--recipe', name];
  words.push(
    ...(config.dataset.name === 'arrays'
      ? ['--data', isTable ? 'table.csv' : 'images.npy']
      : ['--dataset', config.dataset.name]),
  );
  if (config.start) words.push('--from', config.start.from);
  if (config.objective && config.objective.type !== objective?.type) {
    words.push('--objective', config.objective.type);
  }
  for (const [path, value] of settingsOf(config, 2)) {
    if (APART.includes(path) || value === undefined || isSameSetting(value, usual.get(path))) continue;
    if (isTable && config.start && path === 'model.likelihood') continue; // --from brings its columns
    const flag = FLAGS[path];
    if (flag !== undefined && typeof value === 'number') words.push(flag, String(value));
    else words.push('--set', `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  if (leavesBetaOut(config) && usual.has('training.beta') && usual.get('training.beta') !== 1)
    words.push('--beta', '1');
  words.push('--seed', String(config.training.seed));
  return words.map(quote).join(' ');
}

/** The config's recipe, or the default one where the config leaves out a setting of it: flags add and change, but take nothing away. */
function baseOf(config: ExperimentConfig): Recipe {
  const own = recipes.find(({ name }) => name === config.recipe);
  const has = settingsOf(config, 2);
  const fits =
    own &&
    [...settingsOf({ model: own.model, training: own.training } as ExperimentConfig, 2).keys()].every(
      (path) => path === 'training.beta' || has.has(path),
    );
  return own && fits ? own : recipes[0]!;
}

/** Whether the KL's weight is the 1 that nobody said. */
function leavesBetaOut({ model, training, objective }: ExperimentConfig): boolean {
  const weighsItself = objective && (objective.type !== 'elbo' || objective.beta !== undefined);
  return (
    !['autoencoder', 'vq', 'semiSupervised'].includes(model.kind) &&
    training.beta === undefined &&
    !weighsItself
  );
}

function quote(word: string): string {
  return /^[\w.,:=/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
