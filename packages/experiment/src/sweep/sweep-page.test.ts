import { createSearchSpace } from '@latentkit/sweeps';
import { expect, test } from 'vitest';
import { sweepPage } from './sweep-page.ts';
import { type SweepTrial, sweepCsv, sweepImportances, sweepMarkdown } from './sweep-results.ts';

const space = createSearchSpace({
  net: ['mlp', '<conv>, "wide"'],
  rate: { log: [1e-4, 1e-2] },
  channels: { from: 8, to: 64, step: 8, when: { net: '<conv>, "wide"' } },
});
const trials: SweepTrial[] = [
  {
    ...{ trial: 2, settings: { net: '<conv>, "wide"', rate: 1e-3, channels: 16 }, state: 'done', epochs: 3 },
    ...{ value: 101.123456789, values: [130, 110, 101.123456789], keptEpoch: 3 },
    ...{ reconstruction: 91, kl: 10.123456789, weights: 'abc' },
  },
  { trial: 0, settings: { net: 'mlp', rate: 1e-4 }, state: 'stopped', epochs: 1, value: 140, values: [140] },
  { trial: 3, settings: { net: 'mlp', rate: 2e-4 }, state: 'stopped', epochs: 1, value: 150, values: [150] },
  {
    trial: 1,
    settings: { net: 'mlp', rate: 1e-2 },
    state: 'failed',
    epochs: 0,
    values: [],
    failure: 'the loss is NaN & more',
  },
];

test('a table has all digits as CSV, quoted where it must be, and few as Markdown', () => {
  expect(sweepCsv(space, 'elbo', trials).split('\n').slice(0, 3)).toEqual([
    'rank,trial,state,net,rate,channels,epochs,keptEpoch,negativeElbo,reconstruction,kl,weights',
    '1,2,done,"<conv>, ""wide""",0.001,16,3,3,101.123456789,91,10.123456789,abc',
    '2,0,stopped,mlp,0.0001,,1,,140,,,',
  ]);
  expect(sweepMarkdown(space, 'valLoss', trials).split('\n').slice(0, 3)).toEqual([
    '| rank | trial | state | net | rate | channels | epochs | keptEpoch | valLoss | reconstruction | kl |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '| 1 | 2 | done | <conv>, "wide" | 0.001 | 16 | 3 | 3 | 101.123 | 91 | 10.1235 |',
  ]);
});

test('trials are compared after as many epochs as all came to, and failed ones are the worst', () => {
  const { epochs, importances } = sweepImportances(space, trials);
  expect(epochs).toBe(1);
  expect(importances.map(({ name, trials: of }) => [name, of])).toEqual(
    expect.arrayContaining([
      ['net', 4],
      ['rate', 4],
      ['channels', 1],
    ]),
  );
});

test('a page names settings as they are, shows the best and says what failed', () => {
  const page = sweepPage({
    ...{
      recipe: 'digits-dense',
      data: 'digits: 400 training images',
      space,
      strategy: 'halving',
      judge: 'elbo',
    },
    ...{ seed: 1, epochs: 3, trials, notes: ['<note>'] },
    best: [
      {
        trial: 2,
        command: 'train --resume best/1 --epochs 12',
        pictures: [{ title: 'samples', svg: '<svg/>' }],
      },
    ],
  });
  expect(page).toContain('First: trial 2, negative ELBO 101.12');
  expect(page).toContain('pnpm app:cli train --resume best/1 --epochs 12');
  expect(page).toContain('&lt;conv&gt;, &quot;wide&quot;');
  expect(page).toContain('the loss is NaN &amp; more');
  expect(page).toContain('&lt;note&gt;');
  expect(page).toContain('5 of 12'); // epochs
  expect(page).not.toMatch(/undefined|NaN(?! &amp;)/);
});

test('a page of one trial, and of none that came to anything, is a page', () => {
  const content = {
    recipe: 'a',
    data: 'b',
    space,
    strategy: 'sobol',
    judge: 'elbo',
    seed: 1,
    epochs: 3,
    best: [],
  };
  expect(sweepPage({ ...content, trials: trials.slice(0, 1) })).toContain('in 1 trial<');
  expect(sweepPage({ ...content, trials: trials.slice(3) })).toContain('failed');
  expect(sweepPage({ ...content, trials: [] })).toContain('in 0 trials');
});
