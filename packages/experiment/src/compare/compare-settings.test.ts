import { expect, it } from 'vitest';
import { tinyConfig } from '../testing/tiny-run.ts';
import { differingSettings } from './compare-settings.ts';

it('names what differs, each value in its place, and nothing else', () => {
  const configs = [
    tinyConfig({}, { beta: 1 }),
    tinyConfig({ latentDim: 5 }, { beta: 4 }),
    { ...tinyConfig(), recipe: 'other' },
  ];
  expect(differingSettings(configs)).toMatchObject([
    { name: 'model.latentDim', values: [2, 5, 2] },
    { name: 'training.beta', values: [1, 4, undefined], cells: ['1', '4', '-'] },
  ]);
});

it('looks below, and takes lists as one value', () => {
  const [one, other] = [tinyConfig(), tinyConfig({}, { optimizer: { name: 'adam', epsilon: 1e-7 } })];
  const net = { ...one.model.encoder, hidden: [8, 4] };
  expect(differingSettings([one, other])).toMatchObject([
    { name: 'training.optimizer.epsilon', values: [undefined, 1e-7] },
  ]);
  const deeper = { ...one, model: { ...one.model, encoder: net } } as typeof one;
  expect(differingSettings([one, deeper])).toMatchObject([
    { name: 'model.encoder.hidden', values: [[8], [8, 4]], cells: ['[8]', '[8, 4]'] },
  ]);
});

it('finds nothing in what is the same but for where its data lay', () => {
  const { dataset, ...rest } = tinyConfig();
  const elsewhere = { ...rest, dataset: { ...dataset, dataDir: '/data' } } as ReturnType<typeof tinyConfig>;
  expect(differingSettings([tinyConfig(), elsewhere])).toEqual([]);
});
