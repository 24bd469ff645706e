import { expect, it } from 'vitest';
import { trainingRows } from './training-table.ts';

const row = { loss: 1, valLoss: 1, learningRate: 0.1 };
const rows = (...seconds: number[]) => seconds.map((one, i) => ({ ...row, epoch: i + 1, seconds: one }));
const asObject = (...given: Parameters<typeof trainingRows>) => Object.fromEntries(trainingRows(...given));

it('tells the median of the epochs, the images a second that it comes to, and the sum', () => {
  const table = asObject(rows(30, 10, 11), {
    keptEpoch: 2,
    epochs: 3,
    trainImages: 22_000,
    things: 'images',
  });
  expect(table).toEqual({
    epochs: '3',
    'epoch kept': '2',
    'learning rate': '0.1',
    'time of an epoch, median': '11 s',
    'training images a second': '2,000',
    'time of all epochs': '51 s',
  });
});

it('says how many of the epochs there are, and when the learning rate was cut', () => {
  const history = rows(1, 1, 1, 1).map((one, i) => ({ ...one, learningRate: i < 3 ? 0.1 : 0.05 }));
  const table = asObject(history, { keptEpoch: 2, epochs: 9, trainImages: 10, things: 'images' });
  expect(table.epochs).toBe('4 of 9');
  expect(table['learning rate']).toBe('0.1 to 0.05');
  expect(table['learning rate cut after epoch']).toBe('3');
});
