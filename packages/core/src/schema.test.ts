import { describe, expect, it } from 'vitest';
import {
  anyNumber,
  checkBy,
  chosenBy,
  decay,
  fields,
  flag,
  list,
  named,
  notNegative,
  nullable,
  oneOf,
  openFields,
  optional,
  positive,
  record,
  requiredFields,
  rule,
  type SpecOf,
  share,
  text,
  whole,
  word,
} from './schema.ts';

const shape = named(
  'type',
  ['disc', 'box'],
  [
    fields({ type: word('disc'), radius: positive() }),
    fields({ type: word('box'), sides: list(whole(1, 9), { least: 2, fewer: 'must have both sides' }) }),
  ],
);
const schema = fields({
  name: text(),
  shape,
  colour: optional(oneOf(['red', 'blue'])),
  filled: optional(flag()),
  margin: chosenBy<number | 'auto'>((value) => (typeof value === 'number' ? notNegative() : word('auto'))),
});

const disc: SpecOf<typeof schema> = { name: 'a', shape: { type: 'disc', radius: 1 }, margin: 0 };

describe('checkBy', () => {
  it('gives back what fits, and types it', () => {
    expect(checkBy(schema, disc, 'test')).toEqual(disc);
    const box: SpecOf<typeof schema> = {
      ...{ name: 'b', colour: 'red', filled: false, margin: 'auto' },
      shape: { type: 'box', sides: [1, 9] },
    };
    expect(checkBy(schema, box, 'test')).toEqual(box);
    // @ts-expect-error: a colour that the schema does not know is no type error only if the type was lost.
    const wrong: SpecOf<typeof schema> = { ...disc, colour: 'green' };
    expect(() => checkBy(schema, wrong, 'test')).toThrow("test: colour must be 'red' or 'blue', got 'green'");
  });

  it.each([
    [{ ...disc, colur: 'red' }, "there is no field colur. Did you mean 'colour'?"],
    [{ shape: disc.shape, margin: 0, nmae: 'a' }, "there is no field nmae. Did you mean 'name'?"],
    [{ ...disc, name: undefined }, 'name must be text, got nothing'],
    [{ shape: disc.shape, margin: 0 }, 'name is missing: it must be text'],
    [
      { ...disc, shape: { type: 'dsic' } },
      "shape.type must be 'disc' or 'box', got 'dsic'. Did you mean 'disc'?",
    ],
    [{ ...disc, shape: { type: 'disc', radius: 0 } }, 'shape.radius must be a number above 0, got 0'],
    [{ ...disc, shape: { type: 'box', sides: [1] } }, 'shape.sides must have both sides'],
    [{ ...disc, shape: { type: 'box', sides: [1, 10] } }, 'shape.sides[1] must be at most 9, got 10'],
    [{ ...disc, margin: -1 }, 'margin must be a number of at least 0, got -1'],
    [{ ...disc, margin: 'none' }, "margin must be 'auto', got 'none'"],
    [{ ...disc, name: () => 1 }, 'name must be text, got a function'],
    [null, 'it must be an object, got null'],
    [{ ...disc, ['x'.repeat(5000)]: 1 }, `there is no field ${'x'.repeat(40)}....`],
  ])('names what is wrong with %j', (value, message) => {
    expect(() => checkBy(schema, value, 'test')).toThrow(`test: ${message}`);
    expect(() => checkBy(schema, value, 'test', 'E_FORMAT')).toThrow(
      expect.objectContaining({ code: 'E_FORMAT' }),
    );
  });

  it('leaves further fields of an open object as they are', () => {
    const open = openFields({ type: text() });
    expect(checkBy(open, { type: 'a', more: [1] }, 'test')).toEqual({ type: 'a', more: [1] });
    for (const value of [[], null, 'text']) {
      expect(() => checkBy(open, value, 'test')).toThrow('test: it must be an object');
    }
    expect(() => checkBy(open, {}, 'test')).toThrow('test: type is missing: it must be text');
  });

  it('takes rules over several fields', () => {
    const ordered = rule(fields({ from: decay(), to: share() }), ({ from, to }) =>
      from > to ? 'from must be at most to' : undefined,
    );
    expect(checkBy(ordered, { from: 0.1, to: 0.2 }, 'test')).toEqual({ from: 0.1, to: 0.2 });
    expect(() => checkBy(ordered, { from: 0.3, to: 0.2 }, 'test')).toThrow('test: from must be at most to');
    expect(() => checkBy(ordered, { from: 1, to: 0.2 }, 'test')).toThrow(
      'from must be a number from 0 to below 1',
    );
  });

  it('keeps what others check, and refuses by name what could be taken for a prototype', () => {
    const open = openFields({ name: text() });
    expect(checkBy(open, { name: 'a', size: 3 }, 'test')).toEqual({ name: 'a', size: 3 });
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const value = JSON.parse(`{ "name": "a", "${name}": {} }`);
      expect(() => checkBy(open, value, 'test')).toThrow(`test: it must not have a field ${name}`);
    }
  });
});

it('tells which fields have to be there', () => {
  const schema = fields({ type: word('ring'), inner: optional(positive()), outer: positive() });
  expect(requiredFields(schema)).toEqual(['type', 'outer']);
});

describe('numbers that files and programs hold', () => {
  const progress = fields({
    best: nullable(anyNumber({ finite: true })),
    sums: record(anyNumber(), 'be an object of numbers'),
    scale: positive(1),
  });
  const good = { best: null, sums: { kl: Number.POSITIVE_INFINITY }, scale: 1 };

  it('may be null, infinite or any by name, where they are said to', () => {
    expect(checkBy(progress, good, 'p')).toEqual(good);
  });

  it.each([
    [{ ...good, best: Number.NaN }, 'best must be a finite number, got NaN'],
    [{ ...good, best: '1' }, "best must be a number, got '1'"],
    [{ ...good, sums: [] }, 'sums must be an object of numbers, got a list'],
    [{ ...good, sums: { kl: null } }, 'sums.kl must be a number, got null'],
    [{ ...good, scale: 2 }, 'scale must be at most 1, got 2'],
  ])('and are refused else: %o', (value, said) => {
    expect(() => checkBy(progress, value, 'p')).toThrow(said);
  });
});
