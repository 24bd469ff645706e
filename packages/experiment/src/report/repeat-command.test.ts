import { expect, it } from 'vitest';
import { findRecipe } from '../recipes/find-recipe.ts';
import { tinyConfig } from '../testing/tiny-run.ts';
import { repeatCommand } from './repeat-command.ts';

// That the command line reads these as the very config is tested where it lives: apps/cli/src/repeat-command.test.ts.
const configOf = (name: string) => {
  const { model, training, figures } = findRecipe(name);
  return { recipe: name, dataset: { name: 'mnist' as const }, model, training, ...(figures && { figures }) };
};

it('is a recipe, a dataset and a seed', () => {
  expect(repeatCommand(configOf('keras-conv'))).toBe('train --recipe keras-conv --dataset mnist --seed 42');
});

it('names what differs from the recipe, by flags where there are some', () => {
  const { model, training, ...rest } = configOf('digits-dense');
  const config = {
    ...rest,
    dataset: { name: 'digits' as const, limit: 2000, dataDir: '/home/somebody' },
    model: { ...model, latentDim: 2 },
    training: {
      ...training,
      epochs: 3,
      beta: 4,
      seed: 7,
      keep: 'last' as const,
      optimizer: { name: 'sgd' as const },
    },
  };
  expect(repeatCommand(config as never)).toBe(
    `train --recipe digits-dense --dataset digits --limit 2000 --latent-dim 2 --epochs 3 --set 'training.optimizer={"name":"sgd"}' --beta 4 --set training.keep=last --seed 7`,
  );
});

it('takes the default recipe where the own one has a setting that the config leaves out, or is of no list', () => {
  const { training, ...rest } = configOf('keras-conv');
  const { earlyStopping: _, ...shorter } = training;
  expect(repeatCommand({ ...rest, training: shorter })).toMatch(
    /^train --recipe digits-dense .*--set 'training\.reduceOnPlateau=/,
  );
  expect(repeatCommand(tinyConfig())).toMatch(/^train --recipe digits-dense --dataset digits --limit 200 /);
});

it('leaves the images of a program to be named', () => {
  expect(repeatCommand({ ...configOf('mlp-mse'), dataset: { name: 'arrays' } })).toBe(
    'train --recipe mlp-mse --data images.npy --seed 42',
  );
});

it('quotes for a shell', () => {
  const config = { ...configOf('mlp-mse'), dataset: { name: "it's; rm -rf" as 'mnist' } };
  expect(repeatCommand(config)).toBe(`train --recipe mlp-mse --dataset 'it'\\''s; rm -rf' --seed 42`);
});
