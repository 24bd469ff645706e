import { expect, it } from 'vitest';
import { differencesOf, isSameSetting, settingsOf } from './settings-of.ts';
import { tinyConfig } from './testing/tiny-run.ts';

it('names settings by their paths, arrays as one value', () => {
  const settings = settingsOf(tinyConfig());
  expect(settings.get('recipe')).toBe('tiny');
  expect(settings.get('dataset.limit')).toBe(200);
  expect(settings.get('training.optimizer.name')).toBe('adam');
  expect(settings.get('model.encoder.hidden')).toEqual([8]);
});

it('takes what lies deeper than it is to go as one value', () => {
  const settings = settingsOf(tinyConfig(), 2);
  expect(settings.get('training.optimizer')).toEqual({ name: 'adam' });
  expect(settings.has('training.optimizer.name')).toBe(false);
});

it('compares values by what is in them', () => {
  expect(isSameSetting({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(isSameSetting([1, 2], [2, 1])).toBe(false);
  expect(isSameSetting(undefined, null)).toBe(false);
  expect(isSameSetting(undefined, undefined)).toBe(true);
});

it('compares a number and a schedule as a whole, and fields where all have some', () => {
  const cosine = { type: 'cosine', from: 0.1, to: 0 };
  expect(differencesOf([{ rate: 0.1 }, { rate: cosine }])).toEqual([{ path: 'rate', values: [0.1, cosine] }]);
  expect(differencesOf([{ rate: cosine }, { rate: { ...cosine, to: 1 } }, {}])).toEqual([
    { path: 'rate.type', values: ['cosine', 'cosine', undefined] },
    { path: 'rate.from', values: [0.1, 0.1, undefined] },
    { path: 'rate.to', values: [0, 1, undefined] },
  ]);
  expect(differencesOf([{ hidden: [8] }, { hidden: [8, 4] }, { hidden: [8] }])).toEqual([
    { path: 'hidden', values: [[8], [8, 4], [8]] },
  ]);
  expect(differencesOf([{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }])).toEqual([]);
  expect(differencesOf([{}, JSON.parse('{"__proto__":1}')])).toEqual([
    { path: '__proto__', values: [undefined, 1] },
  ]);
});
