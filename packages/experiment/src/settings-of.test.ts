import { expect, it } from 'vitest';
import { isSameSetting, settingsOf } from './settings-of.ts';
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
