import { expect, it } from 'vitest';
import { describeData, judgesOf } from './describe-data.ts';

it('keeps the words apart: validation chooses the epoch, test is what results are reported on', () => {
  const counts = { trainImages: 60_000, validationImages: 10_000 };
  expect(describeData(counts)).toBe('60,000 training and 10,000 validation images');
  const byTest = { ...counts, testImages: 10_000, choosesByTest: true };
  expect(describeData(byTest)).toBe('60,000 training and 10,000 test images');
  expect(judgesOf(byTest)).toBe('test');
  const held = { trainImages: 55_000, validationImages: 5_000, testImages: 10_000, choosesByTest: false };
  expect(describeData(held)).toBe('55,000 training, 5,000 validation and 10,000 test images');
  expect(judgesOf(held)).toBe('validation');
  const all = { trainImages: 70_000, validationImages: 10_000, learnsFromJudges: true };
  expect(describeData(all)).toBe('70,000 training and 10,000 validation (learned from, too) images');
});
