import { expect, test } from 'vitest';
import { answerRows } from './answer-rows.ts';

const ABOUT = { workers: 2, versions: { tfjs: '4.22.0' } };

/** Rows that write down what is done with them; a step's loss is its number. */
function logged() {
  const log: string[] = [];
  const row = (name: string) => () => {
    log.push(`begin ${name}`);
    const losses: number[] = [];
    return {
      losses,
      time: () => losses.push(losses.length + 1),
      close: () => {
        log.push(`end ${name}`);
      },
    };
  };
  return { log, ...answerRows({ ...ABOUT, rows: { a: row('a'), b: row('b') } }) };
}

test('an engine greets with its rows', () => {
  expect(logged().greeting).toEqual({ ready: true, rows: ['a', 'b'], ...ABOUT });
});

test('the mean loss of the first ten steps is told once they are made, and stays', async () => {
  const { measure } = logged();
  expect(await measure({ row: 'a', repeats: 9 })).toEqual({ ms: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  expect(await measure({ row: 'a', repeats: 2 })).toEqual({ ms: [10, 11], loss: 5.5 });
  expect(await measure({ row: 'a', repeats: 1 })).toEqual({ ms: [12], loss: 5.5 });
});

test('one row is in memory at a time', async () => {
  const { measure, close, log } = logged();
  for (const row of ['a', 'a', 'b']) await measure({ row, repeats: 1 });
  await close();
  expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  await expect(measure({ row: 'c', repeats: 1 })).rejects.toThrow('there is no row c');
});
