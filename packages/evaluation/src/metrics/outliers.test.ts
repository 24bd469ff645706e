import { startWasmBackend } from '@latentkit/backend';
import type { ImageSet } from '@latentkit/core';
import { digitsDataset } from '@latentkit/datasets';
import { createModel, type ModelSpec } from '@latentkit/models';
import { beforeAll, expect, it } from 'vitest';
import { ANOMALY_SCORES } from '../anomalies/anomaly-scores.ts';
import { evaluateModel } from '../evaluate-model.ts';
import { scoreImages } from '../subject/score-images.ts';

beforeAll(() => startWasmBackend());

const { train, validation } = digitsDataset({ train: 30, validation: 40 });
const net = { type: 'mlp', hidden: [8], activation: 'relu' } as const;
const spec: ModelSpec = {
  ...{ kind: 'vae', image: validation.shape, latentDim: 2, encoder: net, decoder: net },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
const white: ImageSet = {
  ...validation,
  images: validation.images.map((value) => 255 - value),
  labels: undefined,
};
const model = { spec, weights: createModel(spec).initialize(1) };
const evaluated = (options: Parameters<typeof evaluateModel>[2], given = model) =>
  evaluateModel(given, validation, options);

it('tells foreign images by every score there is, and each pair of images by its order', async () => {
  const outliers = () => ({ set: white, title: 'negatives' });
  const { metrics } = await evaluated({
    metrics: ['auroc', 'averagePrecision'],
    outliers,
    training: () => ({ set: train }),
  });
  expect(metrics).toHaveLength(2 * ANOMALY_SCORES.length);
  const value = (name: string) => metrics.find((row) => row.name === name)!.value;
  // By hand: the share of pairs of an ordinary image and a foreign one that are in order.
  const settings = { samples: 1, seed: 0, binarize: 'none' } as const;
  const [own, foreign] = await Promise.all(
    [validation, white].map(
      async (set) => (await scoreImages(spec, model.weights, set, settings)).reconstruction,
    ),
  );
  const pairs = [...own!].flatMap((a) => [...foreign!].map((b) => Number(b > a) + 0.5 * Number(b === a)));
  expect(value('aurocReconstruction')).toBeCloseTo(
    pairs.reduce((sum, one) => sum + one, 0) / pairs.length,
    10,
  );
  for (const row of metrics) expect(row.convention).toContain('40 negatives among 40 ordinary images');
});

it('refuses a use of foreign images that nothing asked for looks at, and images of another size', async () => {
  const outliers = () => ({ set: white, title: 'negatives' });
  await expect(evaluated({ metrics: ['mse'], outliers })).rejects.toMatchObject({
    code: 'E_USAGE',
    message: expect.stringContaining('outliers are for auroc and averagePrecision'),
  });
  const small: ImageSet = {
    shape: { height: 2, width: 2, channels: 1 },
    count: 1,
    images: new Uint8Array(4),
  };
  const other = evaluated({ metrics: ['auroc'], outliers: () => ({ set: small, title: 'dots' }) });
  await expect(other).rejects.toMatchObject({
    code: 'E_SHAPE',
    message: expect.stringContaining('got dots'),
  });
});

it('by default is told where foreign images are handed over, and nowhere else', async () => {
  const outliers = () => ({ set: white, title: 'negatives' });
  const told = async (options: object) => (await evaluated(options)).metrics.map(({ name }) => name);
  expect(await told({ outliers })).toContain('aurocElbo');
  expect(await told({})).not.toContain('aurocElbo');
});
