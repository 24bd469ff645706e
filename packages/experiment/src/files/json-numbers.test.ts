import { expect, it } from 'vitest';
import { numbersToJson, readNumbers } from './json-numbers.ts';

it('gives each number again that JSON does not have', () => {
  const row = { kl: Number.POSITIVE_INFINITY, valKl: Number.NaN, least: Number.NEGATIVE_INFINITY, loss: 0.1 };
  const text = numbersToJson(row);
  expect(text).toBe('{"kl":"Infinity","valKl":"NaN","least":"-Infinity","loss":0.1}');
  expect(readNumbers(JSON.parse(text))).toEqual(row);
});

it('reads the null of older files as NaN, and leaves alone what is no number', () => {
  expect(readNumbers({ kl: null, name: 'infinity', loss: 1 })).toEqual({
    kl: Number.NaN,
    name: 'infinity',
    loss: 1,
  });
  for (const value of [null, 'NaN', [null], 3]) expect(readNumbers(value)).toBe(value);
});
