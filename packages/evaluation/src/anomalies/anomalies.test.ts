import { readFileSync } from 'node:fs';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { TableColumn } from '@latentkit/core/table';
import { createModel, type ModelSpec } from '@latentkit/models';
import { expectClose } from '@latentkit/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureNumbers } from '../testing/fixture-numbers.ts';
import { linearImages, linearNll, linearVae } from '../testing/linear-vae.ts';
import { createAnomalyDetector, loadAnomalyDetector } from './anomaly-detector.ts';
import { neighborDistances } from './anomaly-scores.ts';
import { anomalyTask } from './protocols.ts';
import { auroc, averagePrecision } from './ranking.ts';

/** Values by scikit-learn: fixtures/make-measures.py. */
const { ranking } = JSON.parse(
  readFileSync(new URL('../../fixtures/measures.json', import.meta.url), 'utf8'),
);

const clean = linearImages(300);
const few = { ...clean, count: 20, images: clean.images.subarray(0, 120) };
/** Far from where the model's images lie: at right angles to all that it can decode to. */
const odd = Float32Array.from(few.images, (value, i) => value + (i % 2 === 0 ? 3 : -3) * (i % 6 < 4 ? 1 : 0));

beforeAll(async () => {
  await startWasmBackend();
});

describe('ranking', () => {
  const { count, seed } = ranking;
  const u = fixtureNumbers(count * 2, seed);
  const truth = Array.from({ length: count }, (_, i) => u[2 * i]! > 0.8);
  const scores = truth.map((one, i) => Math.floor(20 * (u[2 * i + 1]! + (one ? 0.3 : 0))) / 20);

  it('is that of scikit-learn, among many equal scores', () => {
    expect(auroc(scores, truth)).toBeCloseTo(ranking.auroc, 12);
    expect(averagePrecision(scores, truth)).toBeCloseTo(ranking.averagePrecision, 12);
  });

  it('says what it cannot rank', () => {
    expect(() => auroc([1, 2], [0, 0])).toThrow('got 0 anomalies among 2');
    expect(() => averagePrecision([1, Number.NaN], [0, 1])).toThrow('score 1 is NaN');
    expect(() => auroc([1, 2], [0])).toThrow('expected a truth for each of 2 scores, got 1');
  });
});

describe('scores of a linear VAE', () => {
  it('the ELBO at the true posterior is the likelihood, within what the samples leave', async () => {
    const detector = createAnomalyDetector(linearVae(), { score: 'elbo', samples: 200, seed: 1 });
    expectClose(await detector.scores(few), linearNll(few), { absolute: 0.4 });
  });

  it('the regret is the divergence from the true posterior, and none where that is the encoder’s', async () => {
    const variances = [0.9, 0.4].map((w) => 1 / (1 + (4 * w * w) / 0.25));
    const expected = [...variances, 1]
      .map((v) => 0.5 * (Math.exp(0.5) + 0.3 ** 2 / v - 1 - 0.5))
      .reduce((sum, one) => sum + one);
    const regretOf = (miss: object) =>
      createAnomalyDetector(linearVae(miss), { score: 'likelihoodRegret', seed: 1 }).scores(few);
    const [missed, none] = [await regretOf({ mean: 0.3, logVar: 0.5 }), await regretOf({})];
    const mean = (values: Float64Array) => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(mean(missed)).toBeGreaterThan(0.8 * expected);
    expect(mean(missed)).toBeLessThan(1.1 * expected);
    expect(Math.abs(mean(none))).toBeLessThan(0.1);
  });

  it.each(['elbo', 'reconstruction', 'kl', 'latentKnn', 'likelihoodRatio', 'likelihoodRegret'] as const)(
    '%s is the same number on an accelerator',
    async (score) => {
      const accelerator = await createAccelerator({ workers: 2 });
      const scoresBy = async (options: object) => {
        const detector = createAnomalyDetector(linearVae({ mean: 0.1 }), { score, ...options });
        await detector.fit(clean, { falseAlarms: 0.1 });
        return detector.scores(few);
      };
      expect(await scoresBy({ accelerator })).toEqual(await scoresBy({}));
      await accelerator.close();
    },
  );

  it.each(['elbo', 'latentKnn', 'likelihoodRatio', 'likelihoodRegret'] as const)(
    '%s of a part is that of the whole, by the number of its first example',
    async (score) => {
      const detector = createAnomalyDetector(linearVae({ mean: 0.1 }), { score });
      await detector.fit(clean, { falseAlarms: 0.1 });
      const whole = await detector.scores(few);
      const part = few.images.subarray(7 * 6);
      expect(await detector.scores(part, { first: 7 })).toEqual(whole.subarray(7));
      await expect(detector.scores(part, { first: -1 })).rejects.toMatchObject({ code: 'E_RANGE' });
    },
  );

  it('the likelihood ratio is to a normal distribution around the clean mean', async () => {
    const options = { score: 'likelihoodRatio', samples: 200, seed: 1 } as const;
    const detector = createAnomalyDetector(linearVae(), options);
    await detector.fit(clean, { falseAlarms: 0.1 });
    const mean = Float64Array.from({ length: 6 }, (_, d) => {
      let sum = 0;
      for (let i = 0; i < clean.count; i++) sum += clean.images[i * 6 + d]!;
      return sum / clean.count;
    });
    const expected = linearNll(few).map((nll, i) => {
      const squares = mean.reduce((sum, m, d) => sum + (few.images[i * 6 + d]! - m) ** 2, 0);
      return nll - (squares / 0.5 + 3 * Math.log(2 * Math.PI * 0.25));
    });
    expectClose(await detector.scores(few), expected, { absolute: 0.4 });
  });

  it('distances to neighbours are those of sorting them all, a clean code itself left out', () => {
    const codes = Float32Array.from(fixtureNumbers(60, 3));
    const brute = (i: number, isSelf: boolean) =>
      Array.from({ length: 30 }, (_, j) =>
        Math.hypot(codes[2 * i]! - codes[2 * j]!, codes[2 * i + 1]! - codes[2 * j + 1]!),
      )
        .filter((_, j) => !isSelf || i !== j)
        .sort((a, b) => a - b)
        .slice(0, 4)
        .reduce((sum, one) => sum + one / 4, 0);
    for (const isSelf of [true, false]) {
      const found = neighborDistances(codes, codes, { dimensions: 2, neighbors: 4, isSelf });
      expectClose(
        found,
        Array.from({ length: 30 }, (_, i) => brute(i, isSelf)),
        { absolute: 1e-12 },
      );
    }
  });
});

describe('a detector', () => {
  it('calls as many clean examples anomalies as it was allowed, and others by their number', async () => {
    const detector = createAnomalyDetector(linearVae(), { seed: 1 });
    const fitted = await detector.fit(clean, { falseAlarms: 0.05 });
    const { scores, isAnomaly } = await detector.detect(clean);
    const above = isAnomaly.reduce((sum, one) => sum + one, 0);
    expect(above).toBe(300 - Math.ceil(301 * 0.95));
    expect(scores.filter((score) => score > fitted.threshold)).toHaveLength(above);
    expect((await detector.detect(odd)).isAnomaly).toEqual(new Uint8Array(20).fill(1));
  });

  it.each(['elbo', 'latentKnn', 'likelihoodRatio'] as const)(
    'by %s is saved as JSON and loaded',
    async (score) => {
      const detector = createAnomalyDetector(linearVae(), { score, seed: 1 });
      await expect(detector.save()).rejects.toThrow('save needs a threshold');
      await detector.fit(clean);
      const text = JSON.stringify(await detector.save());
      const loaded = await loadAnomalyDetector(linearVae(), JSON.parse(text));
      expect(loaded.fitted).toEqual(detector.fitted);
      expect(await loaded.detect(few)).toEqual(await detector.detect(few));
      await expect(loadAnomalyDetector(linearVae({ mean: 1 }), JSON.parse(text))).rejects.toThrow(
        'other weights',
      );
      await expect(
        loadAnomalyDetector(linearVae(), { ...JSON.parse(text), score: 'elbow' }),
      ).rejects.toMatchObject({
        code: 'E_FORMAT',
      });
    },
  );

  it('explains by pixel where an image differs from what is expected', async () => {
    const images = few.images.slice(0, 6);
    images[4]! += 5;
    const { heat, expected } = await createAnomalyDetector(linearVae()).explain(images);
    expect(heat.indexOf(Math.max(...heat))).toBe(4);
    expect(heat[4]).toBeCloseTo((images[4]! - expected[4]!) ** 2, 4);
  });

  it('explains by column, the numbers of a word together', async () => {
    const columns: TableColumn[] = [
      { type: 'gaussian', name: 'age', mean: 0, deviation: 1 },
      { type: 'categorical', name: 'colour', values: ['red', 'green', 'blue'] },
    ];
    const hidden = { type: 'mlp', hidden: [8], activation: 'relu' } as const;
    const spec: ModelSpec = {
      ...{
        kind: 'vae' as const,
        image: { height: 1, width: 4, channels: 1 },
        latentDim: 2,
        encoder: hidden,
        decoder: hidden,
      },
      likelihood: { type: 'columns', output: 'linear', columns },
    };
    const detector = createAnomalyDetector({
      model: createModel(spec),
      weights: createModel(spec).initialize(1),
    });
    const { heat, columns: names } = await detector.explain(Float32Array.of(9, 1, 0, 0));
    expect(names).toEqual(['age', 'colour']);
    expect(heat).toHaveLength(2);
    expect(heat[0]!).toBeGreaterThan(heat[1]!);
  });

  it('says what cannot be', async () => {
    const detector = createAnomalyDetector(linearVae());
    await expect(detector.detect(few)).rejects.toThrow('detect needs a threshold, and there is none yet');
    await expect(detector.fit(few, { falseAlarms: 0.01 })).rejects.toThrow('it takes 99 at least');
    await expect(detector.fit(few, { falseAlarms: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
    await expect(detector.scores(new Float32Array(7))).rejects.toMatchObject({ code: 'E_SHAPE' });
    await expect(createAnomalyDetector(linearVae(), { score: 'latentKnn' }).scores(few)).rejects.toThrow(
      'Call fit',
    );
    expect(() => createAnomalyDetector(linearVae(), { score: 'elbow' as 'elbo' })).toThrow(
      "Did you mean 'elbo'?",
    );
    const { spec, weights } = linearVae();
    const plain = { spec: { ...spec, kind: 'autoencoder' as const }, weights };
    expect(createAnomalyDetector(plain).score).toBe('reconstruction');
  });
});

describe('a task of anomalies', () => {
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i % 4);
  const set = { ...few, labels };

  it('holds one class out, or learns one alone', () => {
    const out = anomalyTask({ train: set, validation: set }, { type: 'oneClassHeldOut', label: 1 });
    expect([out.train.count, out.test.count, out.isAnomaly.filter(Boolean).length]).toEqual([15, 20, 5]);
    const one = anomalyTask({ train: set, validation: set }, { type: 'oneClassNormal', label: 1 });
    expect([one.train.count, one.isAnomaly.filter(Boolean).length]).toEqual([5, 15]);
    expect(Array.from(one.train.labels!)).toEqual([1, 1, 1, 1, 1]);
  });

  it('wants labels, and a class that is there', () => {
    const task = (label: number) =>
      anomalyTask({ train: set, validation: set }, { type: 'oneClassHeldOut', label });
    expect(() => task(9)).toThrow('no example is an anomaly');
    expect(() => anomalyTask({ train: few, validation: few }, { type: 'oneClassNormal', label: 1 })).toThrow(
      'expected examples with labels',
    );
  });
});
