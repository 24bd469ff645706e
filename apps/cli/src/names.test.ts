import { DATASETS } from '@latentkit/datasets';
import { SOURCES } from '@latentkit/datasets/import';
import { ANOMALY_SCORES } from '@latentkit/evaluation';
import { recipes } from '@latentkit/experiment';
import { OBJECTIVES } from '@latentkit/objectives';
import { OWN_METHODS } from '@latentkit/projections';
import { expect, test } from 'vitest';
import { ENGINES } from './actions/project.ts';
import { COMMANDS } from './commands.ts';
import { NAMES } from './names.ts';
import { NEXT } from './output/run-talk.ts';

test('the names that helps list are those that there are, in their order', () => {
  expect(NAMES).toEqual({
    recipes: recipes.map(({ name }) => name),
    datasets: DATASETS.map(({ name }) => name),
    sources: SOURCES,
    objectives: OBJECTIVES.map(({ type }) => type),
    anomalyScores: ANOMALY_SCORES.map(({ name }) => name),
    methods: [...OWN_METHODS, ...ENGINES].map(({ name }) => name),
  });
});

test('the commands that the end of a run names are those that there are', () => {
  expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining([...NEXT]));
});
