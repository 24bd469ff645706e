import { expect, test } from 'vitest';
import { parseNumber } from './parse-number.ts';

test.each([
  ['count', '1', 1],
  ['count', '1e3', 1000],
  ['seed', '0', 0],
  ['port', '0', 0],
  ['positive', '1e-4', 1e-4],
  ['notNegative', '0', 0],
] as const)('%s takes %s', (kind, text, value) => expect(parseNumber[kind](text)).toBe(value));

test.each([
  ...['0', '-1', '1.5', 'NaN', 'Infinity', 'many', '', ' ', '9007199254740992'].map(
    (text) => ['count', text] as const,
  ),
  ...(['seed', 'notNegative'] as const).map((kind) => [kind, '-1'] as const),
  ['positive', '0'],
  ['port', '65536'],
] as const)("%s refuses '%s'", (kind, text) => expect(() => parseNumber[kind](text)).toThrow('It must be'));
