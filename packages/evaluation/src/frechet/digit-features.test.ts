import { createHash } from 'node:crypto';
import { startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createTrainedModel } from '@latentkit/models';
import { beforeAll, expect, it } from 'vitest';
import { frechetDistance } from '../measures/frechet-distance.ts';
import { fitLogisticRegression } from '../measures/logistic-regression.ts';
import { FEATURES, FEATURES_SPEC, packFeatures, unpackFeatures } from './digit-features.ts';
import { DIGIT_WEIGHTS } from './digit-weights.ts';

beforeAll(() => startWasmBackend());

const weights = unpackFeatures(DIGIT_WEIGHTS);

it('are pinned: a distance means the same tomorrow', () => {
  const hash = createHash('sha256').update(JSON.stringify(DIGIT_WEIGHTS)).digest('hex');
  expect(hash.slice(0, 12)).toBe('65af4bcafee1');
  const kept = Object.fromEntries(Object.entries(weights).filter(([name]) => name.startsWith('encoder.')));
  expect(packFeatures(kept)).toEqual(DIGIT_WEIGHTS);
});

it('tell digits apart, and see noise far from them', () => {
  const { train, validation } = digitsDataset({ train: 400, validation: 200 });
  const classifier = createTrainedModel(FEATURES_SPEC, weights);
  const of = (images: Uint8Array, count: number) => ({
    data: classifier.encode(images).mean,
    ...{ count, dimensions: FEATURES },
  });
  const [learned, judged] = [of(train.images, 400), of(validation.images, 200)];
  const told = fitLogisticRegression(learned, Array.from(train.labels!)).predict(judged);
  expect(told.filter((label, i) => label === validation.labels![i]).length / 200).toBeGreaterThan(0.95);
  const noise = validation.images.map((_, i) => (i * 7919) % 256);
  const negatives = validation.images.map((value) => 255 - value);
  const near = frechetDistance(learned, judged);
  for (const other of [noise, negatives]) {
    expect(frechetDistance(of(other, 200), judged)).toBeGreaterThan(20 * near);
  }
  classifier.dispose();
});
