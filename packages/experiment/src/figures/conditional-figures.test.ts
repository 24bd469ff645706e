import { startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel, createTrainedModel } from '@latentkit/models';
import { beforeAll, expect, it } from 'vitest';
import { modelSpecOf } from '../model-spec-of.ts';
import { findRecipe } from '../recipes/find-recipe.ts';
import { drawRunFigures } from './draw-run-figures.ts';

beforeAll(() => startWasmBackend());

it('a model that is told classes has all its figures, with a row of samples a class', async () => {
  const dataset = digitsDataset({ train: 10, validation: 20 });
  const recipe = findRecipe('digits-dense');
  const spec = { ...modelSpecOf(recipe, dataset.train.shape), condition: { classes: 10 } };
  const trained = createTrainedModel(spec, createModel(spec).initialize(1));
  const history = [
    {
      epoch: 1,
      loss: 2,
      reconstruction: 1,
      kl: 1,
      valLoss: 2,
      valReconstruction: 1,
      valKl: 1,
      learningRate: 1,
      seconds: 1,
    },
  ];
  const figures = await drawRunFigures({ trained, dataset, history, seed: 1 });
  expect(figures.filter((figure) => 'missing' in figure)).toEqual([]);
  const samples = figures.find(({ name }) => name === 'samples')!;
  expect(samples).toMatchObject({
    title: 'Samples by class',
    caption: expect.stringContaining('A row a class'),
  });
  const names = (drawn: object) => [...(drawn as { svg: string }).svg.matchAll(/>([^<>]+)<\/text>/g)];
  expect(names(samples).map(([, text]) => text)).toEqual(['Samples by class', ...'0123456789']);
  trained.dispose();
});
