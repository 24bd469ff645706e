import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { createModel, type ModelSpec } from '@latentkit/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateModel, type ModelEvaluation } from '../evaluate-model.ts';
import { eachLogWeights } from '../subject/log-weights.ts';
import { openSubject } from '../subject/open-subject.ts';
import { METRICS } from './metrics.ts';

const { train, validation } = digitsDataset({ train: 60, validation: 40 });
const hidden = { type: 'mlp', hidden: [16], activation: 'relu' } as const;
const SPEC: ModelSpec = {
  ...{ kind: 'vae', image: validation.shape, latentDim: 3, encoder: hidden, decoder: hidden },
  likelihood: { type: 'bernoulli', output: 'sigmoid' },
};
const training = () => ({ set: train });
const config = { training: { seed: 4, binarize: 'dynamic' } } as const;

async function measureAll(spec: ModelSpec, options: Parameters<typeof evaluateModel>[2] = {}) {
  const weights = createModel(spec).initialize(2);
  return evaluateModel({ spec, weights, config }, validation, { metrics: 'all', samples: 5, ...options });
}
const namesOf = ({ metrics }: ModelEvaluation) => metrics.map(({ name }) => name);

beforeAll(async () => {
  await startWasmBackend();
});

describe('every metric', () => {
  it('has a name, a title and needs of its own', () => {
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
    for (const { title } of METRICS) expect(title).toMatch(/^[A-Z]/);
  });

  it('of a VAE with classes, factors and images to learn from is a finite number, with its convention', async () => {
    const outliers = () => ({ set: train, title: 'training images' });
    const evaluation = await measureAll(SPEC, { training, outliers });
    expect(evaluation.missing).toBeUndefined();
    const { metrics } = evaluation;
    expect(new Set(namesOf(evaluation)).size).toBe(metrics.length);
    for (const { name, value, convention, error = 0 } of metrics) {
      expect(value, name).toSatisfy(Number.isFinite);
      expect(error, name).toBeGreaterThanOrEqual(0);
      expect(convention.length, name).toBeGreaterThan(10);
    }
    for (const { name } of METRICS.filter(
      (metric) => !['elbo', 'loss', 'auroc', 'averagePrecision'].includes(metric.name),
    )) {
      expect(namesOf(evaluation)).toContain(name);
    }
  });

  it('is the same number on an accelerator', async () => {
    const accelerator = await createAccelerator({ workers: 2 });
    expect(await measureAll(SPEC, { training, accelerator })).toEqual(await measureAll(SPEC, { training }));
    await accelerator.close();
  });

  it('of a plain autoencoder is left out where it needs a distribution, and it is told why', async () => {
    const likelihood = { type: 'squaredError', output: 'sigmoid' } as const;
    const { missing = [], ...found } = await measureAll(
      { ...SPEC, kind: 'autoencoder', likelihood },
      { samples: 1 },
    );
    expect(namesOf(found as ModelEvaluation)).toEqual(
      expect.arrayContaining(['reconstruction', 'mse', 'psnr', 'ssim', 'knn', 'smoothness']),
    );
    const why = Object.fromEntries(missing.map(({ name, why }) => [name, why]));
    expect(why).toMatchObject({
      nll: 'codes are points, which give no image a probability: train a model of the kind vae',
      mig: expect.stringContaining('a code is a point'),
      probe: 'there are no training images to learn from',
    });
  });

  it.each([
    ['hierarchical', { kind: 'hierarchical', upper: { latentDim: 2, encoder: hidden, decoder: hidden } }],
    ['of a VampPrior', { prior: { type: 'vamp', components: 3 } }],
    ['semi-supervised', { kind: 'semiSupervised', condition: { classes: 10 } }],
    ['of a codebook', { kind: 'vq', codebook: { size: 8 } }],
  ] as [string, Partial<ModelSpec>][])('of a model %s is measured, or told why not', async (_, fields) => {
    const { metrics, missing = [] } = await measureAll({ ...SPEC, ...fields }, { training, samples: 1 });
    expect(metrics.length).toBeGreaterThan(5);
    for (const { name, value } of metrics) expect(value, name).toSatisfy(Number.isFinite);
    expect(metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(['mse', 'knn', 'probe']));
    for (const { why } of missing) expect(why).toMatch(/^.{20,}$/);
  });

  it('importance weights of two levels do not depend on what is computed at once', async () => {
    const upper = { latentDim: 2, encoder: hidden, decoder: hidden };
    const spec: ModelSpec = { ...SPEC, kind: 'hierarchical', upper };
    const model = { spec, weights: createModel(spec).initialize(2), config };
    const accelerator = await createAccelerator({ workers: 2 });
    const weightsOf = async (samples: number, options = {}) => {
      const subject = await openSubject(model, validation, options);
      const found: number[][] = [];
      await eachLogWeights(subject, samples, (_, logWeights) =>
        found.push(Array.from(logWeights.subarray(0, 30))),
      );
      await subject.close();
      return found;
    };
    const few = await weightsOf(30);
    expect(await weightsOf(130)).toEqual(few);
    expect(await weightsOf(130, { accelerator })).toEqual(few);
    await accelerator.close();
  });

  it('of a model of two levels counts both KLs, and has none by dimension', async () => {
    const net = { type: 'mlp', hidden: [4], activation: 'tanh' } as const;
    const spec = {
      ...SPEC,
      kind: 'hierarchical',
      upper: { latentDim: 2, encoder: net, decoder: net },
    } as const;
    const { metrics, missing = [] } = await measureAll(spec, { training, samples: 200 });
    expect(missing.map(({ name }) => name)).toContain('klPerDimension');
    const numberOf = (wanted: string) => metrics.find(({ name }) => name === wanted)!.value;
    const sum = numberOf('reconstruction') + numberOf('kl');
    expect(numberOf('negativeElbo')).toBeCloseTo(sum, 6);
    expect(numberOf('kl')).toBeGreaterThan(numberOf('klZ2'));
    expect(numberOf('nll')).toBeLessThan(sum); // a tighter bound
  });

  it('of a conditional model is told the classes', async () => {
    const evaluation = await measureAll({ ...SPEC, condition: { classes: 10 } }, { training });
    expect(evaluation.missing!.map(({ name }) => name)).toEqual(['smoothness', 'auroc', 'averagePrecision']);
  });
});
