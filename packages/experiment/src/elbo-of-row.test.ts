import { expect, it } from 'vitest';
import { compareMeasures } from './compare/compare-measures.ts';
import { klOfRow, negativeElboOfRow } from './elbo-of-row.ts';
import { judgeRow } from './sweep/judge-row.ts';

const row = { epoch: 1, loss: 1, valLoss: 1, learningRate: 0.1, seconds: 1 };
const one = { ...row, reconstruction: 90, kl: 8, valReconstruction: 100, valKl: 7 };
const two = { ...one, klZ2: 1, valKlZ2: 2 };

it('is the reconstruction and the KL, of both levels where there are two', () => {
  expect(negativeElboOfRow(one)).toBe(107);
  expect(negativeElboOfRow(two)).toBe(109);
  expect(klOfRow(two)).toBe(9);
});

it('is none without a KL', () => {
  expect(klOfRow(row)).toBeUndefined();
  expect(negativeElboOfRow({ ...row, valReconstruction: 100 })).toBeUndefined();
  expect(negativeElboOfRow({ ...row, valKl: 3 })).toBeUndefined();
});

it('is what sweeps judge by, and what comparisons show', () => {
  expect([one, two].map((each) => judgeRow(each, 'elbo'))).toEqual([107, 109]);
  const measures = compareMeasures([one, two].map((each) => ({ history: [each], keptEpoch: 1 })));
  expect(measures.find(({ name }) => name === 'elbo')).toMatchObject({ values: [-107, -109] });
  expect(measures.find(({ name }) => name === 'valKlZ2')).toMatchObject({
    title: 'KL of z2',
    values: [undefined, 2],
  });
});
