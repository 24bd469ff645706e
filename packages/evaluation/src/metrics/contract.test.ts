import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Accelerator, Examples, ImageSet } from '@latentkit/core';
import { digitsDataset, limitImages } from '@latentkit/datasets';
import { createModel, type ModelSpec } from '@latentkit/models';
import { describeMetric, type MetricContract } from '@latentkit/testing';
import type { Tensor } from '@tensorflow/tfjs-core';
import { afterAll, expect, it } from 'vitest';
import { openSubject, type SubjectOptions } from '../subject/open-subject.ts';
import type { Need, Subject } from '../subject/subject.ts';
import { linearImages, linearKl, linearNll, linearSquaredErrors, linearVae } from '../testing/linear-vae.ts';
import { METRICS } from './metrics.ts';

await startWasmBackend();
const accelerator: Accelerator<Tensor> = await createAccelerator({ workers: 2 });
afterAll(() => accelerator.close());

const { train, validation } = digitsDataset({ train: 40, validation: 30 });
const net = { type: 'mlp', hidden: [8], activation: 'relu' } as const;
const VAE: ModelSpec = {
  ...{ kind: 'vae', image: validation.shape, latentDim: 3, encoder: net, decoder: net },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
// Trained by another loss than its negative ELBO, on coins.
const config = { objective: { type: 'elbo', beta: 4 }, training: { seed: 3, binarize: 'dynamic' } } as const;
const HAS: SubjectOptions = {
  training: () => ({ set: train }),
  outliers: () => ({ set: train, title: 'training images' }),
};
const open = (change: Partial<ModelSpec> = {}, set: Examples = validation, options: SubjectOptions = HAS) => {
  const spec = { ...VAE, ...change };
  return openSubject({ spec, weights: createModel(spec).initialize(2), config }, set, options);
};

const bare: ImageSet = { ...validation, labels: undefined, factors: undefined };
const tiny = (): ImageSet => ({
  ...{ shape: { height: 6, width: 6, channels: 1 }, count: 2, images: new Uint8Array(72) },
});
const autoencoder = { kind: 'autoencoder', likelihood: { type: 'squaredError', output: 'sigmoid' } } as const;
const columns = [{ name: 'a', type: 'gaussian', mean: 0, deviation: 1 }] as const;
/** Of each need, who has not got it. */
const WITHOUT: Readonly<Record<Need, () => Promise<Subject>>> = {
  labels: () => open({}, bare),
  factors: () => open({}, bare),
  gaussianCode: () => open(autoencoder),
  oneLevel: () => open({ kind: 'hierarchical', upper: { latentDim: 2, encoder: net, decoder: net } }),
  standardPrior: () => open({ prior: { type: 'mixture', components: 2 } }),
  prior: () => open(autoencoder),
  density: () => open({ likelihood: { type: 'squaredError', output: 'sigmoid' } }),
  mass: () => open({ likelihood: { type: 'gaussian', output: 'linear', sigma: 1 } }),
  images: () =>
    open(
      {
        image: { height: 1, width: 1, channels: 1 },
        likelihood: { type: 'columns', output: 'linear', columns },
      },
      { shape: { height: 1, width: 1, channels: 1 }, count: 2, images: new Float32Array(2) },
      {},
    ),
  window: () => open({ image: tiny().shape }, tiny(), {}),
  unconditional: () => open({ condition: { classes: 10 } }),
  oneHead: () => open({ likelihood: { type: 'discretisedLogistic', output: 'sigmoid' } }),
  training: () => open({}, validation, {}),
  outliers: () => open({}, validation, {}),
  several: () => open({}, limitImages(validation, 1)),
  gray28: () => open({ image: tiny().shape }, tiny(), {}),
};

const images = linearImages(60);
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const linear = () =>
  openSubject(linearVae(), images, { outliers: () => ({ set: images, title: 'the same' }) });
const kls = linearKl(images);
const errors = linearSquaredErrors(images);
/** What probabilistic PCA is known to give, by metric. */
const TRUTHS: Readonly<
  Record<string, Pick<NonNullable<MetricContract<Subject>['truth']>, 'values' | 'absolute'>>
> = {
  elbo: { values: { kl: kls.reduce((sum, one) => sum + one, 0) }, absolute: 1e-4 },
  nll: { values: { nll: meanOf(linearNll(images)) }, absolute: 1e-4 },
  mse: { values: { squaredError: meanOf(errors), mse: meanOf(errors) / 6 }, absolute: 1e-5 },
  psnr: { values: { psnr: meanOf(errors.map((error) => -10 * Math.log10(error / 6))) }, absolute: 1e-4 },
  activeUnits: { values: { activeUnits: 2 }, absolute: 0 },
  klPerDimension: { values: { klPerDimension: meanOf(kls) }, absolute: 1e-5 },
  smoothness: { values: { smoothness: 1 }, absolute: 1e-5 },
  // Nothing can be told from itself.
  auroc: { values: { aurocElbo: 0.5, aurocKl: 0.5 }, absolute: 0 },
  averagePrecision: { values: { averagePrecisionElbo: 0.5 }, absolute: 0 },
};

it('there is a truth for metrics that there are', () => {
  const names = METRICS.map(({ name }) => name);
  for (const name of Object.keys(TRUTHS)) expect(names).toContain(name);
});

for (const metric of METRICS) {
  const known = TRUTHS[metric.name];
  describeMetric(metric.name, {
    metric,
    samples: metric.name === 'nll' || metric.name === 'bitsPerDimension' ? 5 : 1,
    subject: open,
    elsewhere: () => open({}, validation, { ...HAS, accelerator }),
    without: WITHOUT,
    ...(known && { truth: { subject: linear, ...known } }),
  });
}
