import { createRandom, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { importEngine } from './engine.ts';
import { createTsneJs, withSeededRandom } from './tsne-js/create-tsne-js.ts';
import { createUmapJs } from './umap-js/create-umap-js.ts';
import { withOwn } from './umap-js/umap-js-model.ts';

function randomPoints(count: number, seed = 3): Points {
  const random = createRandom({ seed, stream: Stream.sample });
  const data = Float32Array.from({ length: count * 4 }, () => random.uniform());
  return { data, count, dimensions: 4 };
}

describe('an engine that is not installed', () => {
  it('is E_NOT_FOUND, with what to install', async () => {
    const failing = importEngine('umap-js', () => import(`${'no'}-such-package`));
    await expect(failing).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining('the engine umap-js could not be imported'),
      fix: expect.stringContaining('npm i umap-js'),
    });
  });
});

describe('Math.random', () => {
  const own = Math.random;
  const random = createRandom({ seed: 1, stream: Stream.projection });

  it('gives seeded draws while something runs, and is back after it, or after an error', () => {
    const expected = createRandom({ seed: 1, stream: Stream.projection }).uniform();
    expect(withSeededRandom(random, () => Math.random())).toBe(expected);
    expect(Math.random).toBe(own);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => withSeededRandom(random, fail)).toThrow('no');
    expect(Math.random).toBe(own);
  });

  it('is as it was while tsne-js is there, and runs', async () => {
    const projection = await createTsneJs(randomPoints(20), { iterations: 120 });
    expect(Math.random).toBe(own);
    await projection.run({ onProgress: () => expect(Math.random).toBe(own) });
  });
});

describe.each([
  ['tsne-js', createTsneJs, { iterations: 120 }],
  ['umap-js', createUmapJs, { epochs: 30 }],
] as const)('%s', (_, create, options) => {
  it('gives another map for another seed', async () => {
    const maps = await Promise.all(
      [0, 1].map(async (seed) => (await create(randomPoints(20), { ...options, seed })).run()),
    );
    expect(maps[0]).not.toEqual(maps[1]);
  });

  it('makes maps of 3 dimensions', async () => {
    const projection = await create(randomPoints(20), { ...options, components: 3 });
    expect(await projection.run()).toHaveLength(60);
  });

  it('does not take more points than it can do', async () => {
    await expect(create(randomPoints(21), { maxPoints: 20 })).rejects.toMatchObject({
      code: 'E_LIMIT',
      message: expect.stringContaining('21 points exceed maxPoints, 20'),
    });
    await expect(create(randomPoints(21), { maxPoints: Number.NaN })).rejects.toMatchObject({
      code: 'E_LIMIT',
    });
  });

  it.each([{ components: 0 }, { components: 1.5 }, { learningRate: 0 }, { seed: -1 }])(
    'does not take %o',
    async (bad) => {
      await expect(create(randomPoints(20), bad)).rejects.toMatchObject({ code: 'E_RANGE' });
    },
  );
});

describe('tsne-js', () => {
  it('tells its divergence, and its progress in the middle of its one step', async () => {
    const projection = await createTsneJs(randomPoints(20), { iterations: 150 });
    const steps: number[] = [];
    projection.observe(({ step, objective }) => {
      steps.push(step);
      expect(objective).toBeGreaterThan(0);
      expect(projection.embedding.every(Number.isFinite)).toBe(true);
    });
    projection.step();
    expect(projection.progress).toMatchObject({ stage: 'done', objective: expect.any(Number) });
    expect(steps.length).toBeGreaterThan(100);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('lowers a perplexity that is too high for the points, and says so', async () => {
    const projection = await createTsneJs(randomPoints(16), { iterations: 120 });
    expect(projection.warnings).toEqual(['perplexity lowered from 30 to 5.00, a third of the other points']);
    await projection.run();
    expect(projection.save().settings).toMatchObject({ perplexity: 5 });
    expect((await createTsneJs(randomPoints(16), { perplexity: 5 })).warnings).toEqual([]);
  });

  it('does not take fewer iterations than it exaggerates for', async () => {
    await expect(createTsneJs(randomPoints(16), { iterations: 100 })).rejects.toMatchObject({
      code: 'E_RANGE',
    });
  });
});

describe('umap-js', () => {
  it('raises epochs to a multiple of 3, without which new points would never be placed', async () => {
    const projection = await createUmapJs(randomPoints(20), { epochs: 31 });
    expect(projection.warnings).toEqual(['epochs raised from 31 to 33, a multiple of 3']);
    await projection.run();
    expect(projection.progress).toMatchObject({ step: 33, steps: 33 });
    expect(projection.transform(randomPoints(2, 9))).toHaveLength(4);
  });

  it('chooses its epochs itself, and places new points then too', async () => {
    const projection = await createUmapJs(randomPoints(20));
    await projection.run();
    expect(projection.progress).toMatchObject({ step: 500, steps: 500 });
    expect(projection.transform(randomPoints(2, 9))).toHaveLength(4);
  });

  it('leaves its map alone when as many points are placed as were fitted', async () => {
    const projection = await createUmapJs(randomPoints(20), { epochs: 30 });
    const map = await projection.run();
    projection.transform(randomPoints(20, 9));
    expect(projection.embedding).toEqual(map);
    expect(Float32Array.from(projection.save().arrays.map!.data)).toEqual(map);
  });

  it('takes fewer neighbours for few points, and says so', async () => {
    const { warnings } = await createUmapJs(randomPoints(5));
    expect(warnings).toEqual(['neighbors lowered from 15 to 4 for 5 points']);
  });

  it('does not mind what becomes of the points after it was made', async () => {
    const straight = await (await createUmapJs(randomPoints(20), { epochs: 30 })).run();
    const points = randomPoints(20);
    const projection = await createUmapJs(points, { epochs: 30 });
    points.data.fill(0);
    expect(await projection.run()).toEqual(straight);
  });

  it('has each point before its neighbours', () => {
    const graph = {
      ...{ count: 2, k: 1 },
      indices: Int32Array.of(1, 0),
      distances: Float32Array.of(0.5, 0.5),
    };
    expect(withOwn(graph)).toEqual({
      indices: Int32Array.of(0, 1, 1, 0),
      distances: Float32Array.of(0, 0.5, 0, 0.5),
    });
  });
});
