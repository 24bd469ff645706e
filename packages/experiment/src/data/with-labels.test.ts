import { expect, it } from 'vitest';
import { datasetOfSets } from './dataset-of-sets.ts';
import { loadNamedDataset } from './load-named-dataset.ts';

it('labels some of what is left to learn from, the same ones for a seed', async () => {
  const config = { name: 'digits', limit: 100, validation: 20, labels: 20, labelledShare: 0.5 } as const;
  const { train, validation, test } = await loadNamedDataset(config);
  expect(train.count).toBe(80);
  expect(train.labelled!.share).toBe(0.5);
  const classes = Array.from(train.labelled!.indices, (index) => train.labels![index]!);
  expect(classes.sort()).toEqual(Array.from({ length: 20 }, (_, i) => Math.floor(i / 2)));
  expect([validation.labelled, test!.labelled]).toEqual([undefined, undefined]);
  const other = await loadNamedDataset({ ...config, labelSeed: 1 });
  expect(other.train.labelled!.indices).not.toEqual(train.labelled!.indices);
  const ofSets = datasetOfSets({ parts: { train, validation } }, { name: 'arrays', labels: 10 });
  expect(ofSets.train.labelled!.indices).toHaveLength(10);
});

it('labels none where images are only to be judged', async () => {
  const judged = await loadNamedDataset({ name: 'digits', limit: 100, labels: 20 }, { judgesOnly: true });
  expect(judged.train.labelled).toBeUndefined();
});
