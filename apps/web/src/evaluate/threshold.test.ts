import { thresholdRank } from '@latentkit/evaluation';
import { expect, test } from 'vitest';
import { alarmStops, histogramOf, shareInShort, stopOf, thresholdAt } from './threshold.ts';

const clean = Float64Array.from({ length: 99 }, (_, i) => i + 1);

test('a threshold is the clean score that so many are above, and counts what scores higher', () => {
  const scores = Float64Array.of(500, 97.5, 97, 3);
  expect(thresholdAt(clean, scores, 2)).toEqual({ value: 97, share: 0.03, odd: 2 });
  expect(thresholdAt(clean, scores, 0)).toEqual({ value: 99, share: 0.01, odd: 1 });
});

test('the share that is said leads the command line to the same threshold', () => {
  for (const examples of [9, 99, 100, 1000, 1999]) {
    for (let alarms = 0; alarms < examples / 2; alarms++) {
      const share = shareInShort(alarms, examples);
      expect(thresholdRank(examples, share), `${share} of ${examples}`).toBe(examples - alarms);
    }
  }
  expect(shareInShort(9, 1000)).toBe(0.01);
});

test('each step of the slider lets more through, from no false alarm to half of all, and it stands where it is put', () => {
  for (const examples of [1, 9, 100, 999, 2000]) {
    const stops = alarmStops(examples);
    expect(stops[0]).toBe(0);
    expect(stops.at(-1)).toBe(Math.max(0, Math.floor((examples + 1) / 2) - 1));
    expect(stops.every((stop, i) => i === 0 || stop > stops[i - 1]!)).toBe(true);
    stops.forEach((stop, i) => {
      expect(stopOf(stop, stops)).toBe(i);
    });
  }
  expect([18, 19, 1000].map((alarms) => stopOf(alarms, [0, 10, 27, 80]))).toEqual([1, 2, 3]);
});

test('a histogram has every score in a bin, those far out in the last', () => {
  const scores = Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1e9 : (1000 - i) / 10));
  const { least, most, clean: of, looked } = histogramOf(clean, scores, 10);
  expect(least).toBe(0.1);
  expect(most).toBe(99.5);
  expect(Math.max(...of)).toBe(1);
  expect(looked.every((share) => share > 0.9)).toBe(true);
});
