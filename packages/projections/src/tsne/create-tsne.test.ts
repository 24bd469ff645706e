import { readFileSync } from 'node:fs';
import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { plainAffinities, plainDivergence } from '../testing/plain-tsne.ts';
import { createTsne } from './create-tsne.ts';
import { loadTsne } from './load-tsne.ts';
import type { TsneOptions } from './tsne-options.ts';

interface Golden {
  name: string;
  dimensions: number;
  points: number[];
  perplexity: number;
  kl: number;
}

const goldens: Golden[] = JSON.parse(
  readFileSync(new URL('../../fixtures/tsne.json', import.meta.url), 'utf8'),
);

/** Points in clouds, five numbers each. */
function clouds(count: number, { centres = 4, seed = 1 } = {}): Points {
  const random = createRandom({ seed, stream: Stream.sample });
  const middles = Float32Array.from({ length: 5 * centres }, () => 5 * random.normal());
  const data = Float32Array.from(
    { length: 5 * count },
    (_, at) => middles[5 * (Math.floor(at / 5) % centres) + (at % 5)]! + random.normal(),
  );
  return { data, count, dimensions: 5 };
}

const few: TsneOptions = { iterations: 60, exaggerationIterations: 20 };

async function run(points: Points, options: TsneOptions = few) {
  const tsne = await createTsne(points, options);
  await tsne.run();
  return tsne;
}

describe('createTsne', () => {
  it.each(goldens)(
    "ends at a divergence no larger than scikit-learn's exact method: $name",
    async (golden) => {
      const { points, dimensions, perplexity, kl } = golden;
      const count = points.length / dimensions;
      const data = Float32Array.from(points);
      const tsne = await run({ data, count, dimensions }, { perplexity });
      expect(tsne.warnings).toEqual([]);
      const p = plainAffinities({ data, count, dimensions }, perplexity);
      const divergence = plainDivergence(p, tsne.embedding);
      expect(divergence).toBeLessThan(1.02 * kl);
      expect(tsne.progress.objective).toBeCloseTo(divergence, 4);
    },
  );

  it('goes the same way by cells as by all pairs, for as long as rounding lets it', async () => {
    const points = clouds(450);
    const short = { iterations: 10, perplexity: 10 };
    const [cells, pairs] = [await run(points, { ...short }), await run(points, { ...short, theta: 0 })];
    const size = Math.max(...pairs.embedding.map(Math.abs));
    cells.embedding.forEach((place, at) => {
      expect(Math.abs(place - pairs.embedding[at]!)).toBeLessThan(0.01 * size);
    });
    expect(cells.progress.objective).toBeCloseTo(pairs.progress.objective!, 3);
  });

  it('goes through its stages, and hears of the divergence', async () => {
    const tsne = await createTsne(clouds(100), { ...few, perplexity: 10 });
    const stages = new Set<string>();
    const objectives = new Set<number | undefined>();
    while (tsne.progress.stage !== 'done') {
      tsne.step();
      stages.add(tsne.progress.stage);
      objectives.add(tsne.progress.objective);
    }
    expect([...stages].filter((stage) => stage !== 'neighbors')).toEqual(['initialize', 'optimize', 'done']);
    expect([...objectives].filter((objective) => objective !== undefined)).toHaveLength(3);
    expect(tsne.progress).toMatchObject({ step: 60, steps: 60, fraction: 1 });
  });

  it('starts where it is told to', async () => {
    const points = clouds(30);
    const init = Float32Array.from({ length: 60 }, (_, i) => i);
    const none = { iterations: 0, perplexity: 5 };
    expect((await run(points, { ...none, init })).embedding).toEqual(init);
    const random = (seed: number) => run(points, { ...none, init: 'random', seed });
    const [one, other] = [(await random(1)).embedding, (await random(2)).embedding];
    expect(one).not.toEqual(other);
    expect(Math.max(...one.map(Math.abs))).toBeLessThan(1e-3);
    const codes = (await run(points, none)).embedding;
    const mean = codes.reduce((sum, x, at) => (at % 2 ? sum : sum + x / 30), 0);
    const variance = codes.reduce((sum, x, at) => (at % 2 ? sum : sum + (x - mean) ** 2 / 30), 0);
    expect(Math.sqrt(variance)).toBeCloseTo(1e-4, 9);
  });

  it('maps points of one dimension in two', async () => {
    const { data } = clouds(40);
    const map = (await run({ data: data.slice(0, 40), count: 40, dimensions: 1 })).embedding;
    const heights = map.filter((_, at) => at % 2 === 1);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(1e-3);
  });

  it('sees directions only with the cosine', async () => {
    const points = clouds(60);
    const scaled = { ...points, data: points.data.map((x, at) => x * 2 ** (Math.floor(at / 5) % 7)) };
    const options = { ...few, metric: 'cosine', perplexity: 5, init: 'random' } as const;
    expect((await run(scaled, options)).embedding).toEqual((await run(points, options)).embedding);
  });

  it('is the same for every seed from its principal components, and another with jitter', async () => {
    const maps = await Promise.all(
      [0, 1].flatMap((seed) => [
        run(clouds(40), { ...few, seed }),
        run(clouds(40), { ...few, seed, jitter: 0.01 }),
      ]),
    );
    const [plain, moved, plainAgain, movedAgain] = maps.map(({ embedding }) => embedding);
    expect(plainAgain).toEqual(plain);
    expect(movedAgain).not.toEqual(moved);
    expect((await run(clouds(40), { ...few, seed: 1, jitter: 0.01 })).embedding).toEqual(movedAgain);
  });

  it('lowers the perplexity for few points, and says so', async () => {
    for (const [count, perplexity] of [
      [2, 1],
      [3, 1],
      [4, 1],
      [31, 10],
      [90, 89 / 3],
    ] as const) {
      const tsne = await createTsne(clouds(count));
      expect(tsne.warnings).toEqual([
        `perplexity lowered from 30 to ${Number(perplexity.toPrecision(3))}, as there are only ${count} points`,
      ]);
    }
    expect((await createTsne(clouds(91))).warnings).toEqual([]);
    expect((await run(clouds(1))).embedding).toEqual(new Float32Array(2));
  });

  it('stops early once the divergence hardly falls', async () => {
    const points = clouds(80);
    const options = { iterations: 5000, exaggerationIterations: 50, perplexity: 10 };
    const early = await run(points, { ...options, earlyStop: 0.01 });
    expect(early.progress.step).toBeLessThan(2000);
    expect(early.progress).toMatchObject({ steps: early.progress.step, fraction: 1 });
    const full = await run(points, { ...options, iterations: 2000 });
    expect(early.progress.objective).toBeLessThan(1.2 * full.progress.objective!);
  });

  it('says when it diverges, at each further step too', async () => {
    const tsne = await createTsne(clouds(50), { learningRate: 1e38 });
    const error = { code: 'E_NOT_FINITE', message: expect.stringContaining('learningRate') };
    await expect(tsne.run()).rejects.toMatchObject(error);
    expect(() => tsne.step()).toThrow(expect.objectContaining(error));
    expect(tsne.embedding.every(Number.isFinite)).toBe(true);
  });

  it.each<[TsneOptions, string]>([
    [{ components: 3 as 2 }, 'E_RANGE'],
    [{ perplexity: 0.5 }, 'E_RANGE'],
    [{ perplexity: '30' as never }, 'E_RANGE'],
    [{ perplexty: 30 } as never, 'E_CONFIG'],
    [{ jitter: 0.1, init: 'random' }, 'E_USAGE'],
    [{ jitter: -1 }, 'E_RANGE'],
    [{ perplexity: Number.NaN }, 'E_RANGE'],
    [{ learningRate: 0 }, 'E_RANGE'],
    [{ exaggeration: -1 }, 'E_RANGE'],
    [{ iterations: 1.5 }, 'E_RANGE'],
    [{ exaggerationIterations: -1 }, 'E_RANGE'],
    [{ theta: 1.5 }, 'E_RANGE'],
    [{ earlyStop: 1 }, 'E_RANGE'],
    [{ seed: -1 }, 'E_RANGE'],
    [{ memoryBudget: Number.NaN }, 'E_RANGE'],
    [{ metric: 'manhattan' as 'cosine' }, 'E_UNKNOWN_NAME'],
    [{ init: 'spectral' as 'pca' }, 'E_UNKNOWN_NAME'],
    [{ init: new Float32Array(3) }, 'E_SHAPE'],
    [{ init: new Float32Array(40).fill(Number.NaN) }, 'E_NOT_FINITE'],
    [{ memoryBudget: 1e5 }, 'E_LIMIT'],
  ])('does not take %o', async (options, code) => {
    await expect(createTsne(clouds(20), options)).rejects.toMatchObject({ code });
  });
});

describe('transform', () => {
  it('places copies of points near their originals', async () => {
    const points = clouds(300);
    const tsne = await run(points, { perplexity: 15, iterations: 500 });
    const map = tsne.embedding;
    const placed = tsne.transform(points);
    const moved = Array.from({ length: 300 }, (_, i) =>
      Math.hypot(placed[2 * i]! - map[2 * i]!, placed[2 * i + 1]! - map[2 * i + 1]!),
    ).sort((a, b) => a - b);
    const size = Math.max(...map.map(Math.abs));
    expect(moved[150]!).toBeLessThan(0.02 * size);
    expect(moved[285]!).toBeLessThan(0.1 * size);
  });

  it('places points of a cloud among those of the cloud', async () => {
    const tsne = await run(clouds(300), { perplexity: 15, iterations: 500 });
    const map = tsne.embedding;
    const others = clouds(340);
    const data = others.data.slice(1500);
    const placed = tsne.transform({ data, count: 40, dimensions: 5 });
    for (let i = 0; i < 40; i++) {
      const distances = Array.from({ length: 300 }, (_, j) =>
        Math.hypot(placed[2 * i]! - map[2 * j]!, placed[2 * i + 1]! - map[2 * j + 1]!),
      );
      expect(distances.indexOf(Math.min(...distances)) % 4).toBe(i % 4);
    }
  });

  it('places everything on the only point there is', async () => {
    const tsne = await run(clouds(1));
    expect(tsne.transform(clouds(3))).toEqual(new Float32Array(6));
  });
});

describe('loadTsne', () => {
  it('keeps settings, divergence and warnings', async () => {
    const tsne = await run(clouds(40));
    const again = await loadTsne(tsne.save());
    expect(again.warnings).toEqual(tsne.warnings);
    expect(again.progress).toEqual(tsne.progress);
    expect(tsne.save().settings).toMatchObject({
      perplexity: 13,
      theta: 0.5,
      seed: 0,
      init: 'pca',
      step: 60,
    });
  });

  it('transforms to the same bits with the cosine too', async () => {
    const tsne = await run(clouds(40), { ...few, metric: 'cosine' });
    const again = await loadTsne(tsne.save());
    expect(again.transform(clouds(9, { seed: 2 }))).toEqual(tsne.transform(clouds(9, { seed: 2 })));
  });
});
