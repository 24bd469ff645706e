import { expect, it } from 'vitest';
import { sayCount, sayDuration, sayNumber, sentenceOf } from './phrases.ts';

it('says durations as people do', () => {
  expect([0.4, 8, 59.6, 200, 3600, 3900, 169_200, 172_800, 2.9e10].map(sayDuration)).toEqual([
    'under 1 s',
    '8 s',
    '1 min',
    '3 min 20 s',
    '1 h 0 min',
    '1 h 5 min',
    '47 h 0 min',
    '2 days',
    '335,648 days',
  ]);
});

it('groups thousands, and says nothing of what is no number', () => {
  expect(sayCount(12_400.4)).toBe('12,400');
  expect([1234.567, Number.NaN].map(sayNumber)).toEqual(['1,234.57', '–']);
});

it('makes a sentence of what has no capital letter and no end', () => {
  expect(['perplexity lowered to 16.3', 'Done.', 'wait…', 'others.csv holds others'].map(sentenceOf)).toEqual(
    ['Perplexity lowered to 16.3.', 'Done.', 'Wait…', 'others.csv holds others.'],
  );
});
