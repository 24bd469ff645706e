import { applySettings } from '@latentkit/experiment/config';
import { expect, test } from 'vitest';
import { parseSetting } from './settings.ts';

test('a value is JSON, or else text', () => {
  const values = [
    'a=3',
    'a=1e-3',
    'a=[64,32]',
    'a={"b": null}',
    'a=true',
    'a=vamp',
    'a= 1 2 ',
    'a=',
    'a="3"',
    'a=b=c',
  ];
  expect(values.map((text) => parseSetting(text)[0]!.value)).toEqual([
    3,
    0.001,
    [64, 32],
    { b: null },
    true,
    'vamp',
    '1 2',
    '',
    '3',
    'b=c',
  ]);
});

test.each(['a', '=3', 'a..b=3', '.a=3', 'a.=3', 'a[0]=3', ''])(
  "refuses '%s', which is no path=value",
  (text) => {
    expect(() => parseSetting(text)).toThrow('It must be path=value, as training.epochs=3');
  },
);

test('a path of thousands of names is refused', () => {
  expect(() => parseSetting(`a${'.a'.repeat(20_000)}=1`)).toThrow('No field of a config lies so deep');
});

test('settings add up in their order, and what is not set stays', () => {
  const config = { a: { b: 1, c: [1, 2] }, d: 4 };
  const settings = ['a.b=2', 'a.e.f=x', 'a.c=[3]', 'a.b=5'].reduce(
    (all, text) => parseSetting(text, all),
    [] as ReturnType<typeof parseSetting>,
  );
  expect(applySettings(config, settings)).toEqual({ a: { b: 5, c: [3], e: { f: 'x' } }, d: 4 });
  expect(config).toEqual({ a: { b: 1, c: [1, 2] }, d: 4 });
});

test('a path through something without fields is refused', () => {
  const config = { training: { epochs: 3, hidden: [1] } };
  expect(() => applySettings(config, parseSetting('training.epochs.more=1'))).toThrow(
    '--set training.epochs.more: training.epochs is 3, which has no fields. Set the whole of it: --set training.epochs=...',
  );
  expect(() => applySettings(config, parseSetting('training.hidden.0=1'))).toThrow('is [1], which has no');
});

test('names of prototypes are names like others', () => {
  const config = applySettings({}, parseSetting('__proto__.polluted=1'));
  expect(Object.keys(config)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
