import { describe, expect, it } from 'vitest';
import {
  above,
  acceleratorRule,
  anything,
  atLeast,
  bytesRule,
  checkOptions,
  checkValue,
  either,
  flagRule,
  functionRule,
  having,
  needed,
  number,
  type OptionRule,
  objectRule,
  oneOf,
  seedRule,
  signalRule,
  whole,
} from './options.ts';

const errorOf = (value: unknown, rule: OptionRule) => {
  try {
    checkOptions('here', { it: value }, { it: rule });
    return undefined;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code} ${message}`;
  }
};

describe('options', () => {
  it.each<[OptionRule, unknown[]]>([
    [whole(1, 3), [1, 3, undefined]],
    [number(0, 1), [0, 0.5, 1]],
    [atLeast(1), [1, Number.POSITIVE_INFINITY]],
    [above(0, 1), [0.5]],
    [bytesRule, [1, Number.POSITIVE_INFINITY]],
    [seedRule, [0, Number.MAX_SAFE_INTEGER]],
    [flagRule, [true, false]],
    [oneOf('a', 'b'), ['a', 'b']],
    [either('auto', above(0)), ['auto', 1]],
    [anything, [null, {}]],
  ])('that fit are taken: %o', (rule, values) => {
    for (const value of values) expect(errorOf(value, rule)).toBeUndefined();
  });

  it.each<[OptionRule, unknown, string]>([
    [whole(1), 1.5, 'E_RANGE here: it must be a whole number from 1, got 1.5'],
    [whole(1, 3), '2', "E_RANGE here: it must be a whole number from 1 to 3, got '2'"],
    [number(0, 1), Number.NaN, 'E_RANGE here: it must be from 0 to 1, got NaN'],
    [atLeast(1), '30', "E_RANGE here: it must be at least 1, got '30'"],
    [above(0), Number.POSITIVE_INFINITY, 'E_RANGE here: it must be a number above 0, got Infinity'],
    [above(0, 1), 1, 'E_RANGE here: it must be a number between 0 and 1, got 1'],
    [bytesRule, 0, 'E_RANGE here: it must be a number of bytes, got 0'],
    [seedRule, -1, 'E_RANGE here: it must be a whole number from 0 to 2^53 - 1, got -1'],
    [flagRule, 1, 'E_RANGE here: it must be true or false, got 1'],
    [oneOf('cosine', 'euclidean'), null, "E_UNKNOWN_NAME here: it must be 'cosine' or 'euclidean', got null"],
    [either('auto', above(0)), 'aut', "E_RANGE here: it must be 'auto', or a number above 0, got 'aut'"],
  ])('that do not fit are refused: %o, %o', (rule, value, said) => {
    expect(errorOf(value, rule)).toBe(said);
  });

  it('that nobody knows are refused, with the nearest', () => {
    expect(() => checkOptions('here', { perplexty: 3 } as object, { perplexity: whole(1) })).toThrow(
      "here: there is no option perplexty. Did you mean 'perplexity'?",
    );
    expect(() => checkOptions('here', { toString: 1 } as object, { it: whole(1) })).toThrow(
      'no option toString',
    );
  });

  it.each([null, 'fast', [1]])('are an object: %o', (options) => {
    expect(() => checkOptions<object>('here', options as never, {})).toThrow(
      expect.objectContaining({ code: 'E_CONFIG' }),
    );
  });
});

describe('values that are no options', () => {
  const accelerator = { open: () => {} };
  it.each<[OptionRule, unknown, string | undefined]>([
    [signalRule, new AbortController().signal, undefined],
    [signalRule, {}, 'E_USAGE here: it must be an AbortSignal, got an object'],
    [signalRule, new AbortController(), 'E_USAGE here: it must be an AbortSignal, got an AbortController'],
    [acceleratorRule, accelerator, undefined],
    [acceleratorRule, true, 'E_USAGE here: it must be an accelerator, got true'],
    [acceleratorRule, Promise.resolve(accelerator), 'E_USAGE here: it must be an accelerator, got a Promise'],
    [objectRule, {}, undefined],
    [objectRule, null, 'E_USAGE here: it must be an object, got null'],
    [objectRule, [], 'E_USAGE here: it must be an object, got a list'],
    [objectRule, Symbol('s'), 'E_USAGE here: it must be an object, got Symbol(s)'],
    [having('a thing', { size: 'number', parent: 'object' }), { size: 1, parent: {} }, undefined],
    [
      having('a thing', { parent: 'object' }),
      { parent: null },
      'E_USAGE here: it must be a thing, got an object',
    ],
    [functionRule, () => 1, undefined],
    [functionRule, 3, 'E_USAGE here: it must be a function, got 3'],
  ])('are known by what they can do: %o, %o', (rule, value, said) => {
    const call = () => checkValue('here', 'it', value, rule);
    if (said === undefined) return expect(call).not.toThrow();
    const [code, ...words] = said.split(' ');
    expect(call).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words.join(' ')) }),
    );
  });

  it('may be needed: then they are missed', () => {
    const rules = { count: needed(whole(1)), seed: seedRule };
    expect(() => checkOptions('here', { seed: 1 } as object, rules)).toThrow(
      'here: count must be a whole number from 1, got undefined',
    );
    expect(() => checkOptions('here', { count: 1 }, rules)).not.toThrow();
  });
});
