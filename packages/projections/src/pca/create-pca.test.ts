import { readFileSync } from 'node:fs';
import { createRandom, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';
import type { Points } from '../points.ts';
import { createPca } from './create-pca.ts';
import { loadPca } from './load-pca.ts';
import type { PcaOptions } from './pca-options.ts';
import { principalComponents } from './principal-components.ts';

const fixture = new URL('../../fixtures/pca.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8'));

function pointsOf(rows: number[][]): Points {
  return { data: Float32Array.from(rows.flat()), count: rows.length, dimensions: rows[0]!.length };
}

function randomPoints(count: number, dimensions: number): Points {
  const random = createRandom({ seed: 3, stream: Stream.sample });
  const data = Float32Array.from(
    { length: count * dimensions },
    (_, i) => random.normal() / (1 + (i % dimensions)) + 5,
  );
  return { data, count, dimensions };
}

async function fitted(points: Points, options?: PcaOptions) {
  const pca = await createPca(points, options);
  await pca.run();
  return pca;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    ({ code }) => code,
  );

describe('a PCA', () => {
  it('whitens as scikit-learn does, and codes of no variance are 0', async () => {
    for (const { dimensions, components, resolved, points, whitened } of cases) {
      const data = Float32Array.from(points);
      const pca = await fitted(
        { data, count: data.length / dimensions, dimensions },
        { components, whiten: true },
      );
      const isResolved = (_: number, i: number) => i % components < resolved;
      expectClose(pca.embedding.filter(isResolved), whitened, { absolute: 3e-4 });
      expect(pca.embedding.every((code, i) => isResolved(0, i) || code === 0)).toBe(true);
    }
  });

  it.each([false, true])('of all components gives the points back (whiten: %s)', async (whiten) => {
    const points = randomPoints(17, 5);
    const pca = await fitted(points, { components: 5, whiten });
    const codes = { data: pca.embedding, count: 17, dimensions: 5 };
    expectClose(pca.inverseTransform(codes), points.data);
  });

  it('explains all of the variance with all components', async () => {
    const { explainedVarianceRatio } = await fitted(randomPoints(17, 5), { components: 5 });
    expectClose([explainedVarianceRatio.reduce((sum, share) => sum + share)], [1]);
  });

  it('of points along (1, -2, 0) has that direction, its largest number by magnitude positive', async () => {
    const { directions } = await fitted(
      pointsOf([
        [-3, 6, 0],
        [0, 0, 0],
        [3, -6, 0],
      ]),
      { components: 1 },
    );
    expectClose(directions, [-1 / Math.sqrt(5), 2 / Math.sqrt(5), 0]);
  });

  it('takes the first of the numbers that are equally large for the sign', async () => {
    const { directions } = await fitted(
      pointsOf([
        [1, -1],
        [0, 0],
        [-1, 1],
      ]),
      { components: 1 },
    );
    expectClose(directions, [Math.SQRT1_2, -Math.SQRT1_2]);
  });

  it('of equal points has codes, variances and shares of 0, and orthonormal directions', async () => {
    const pca = await fitted({ data: new Float32Array(12).fill(0.3), count: 4, dimensions: 3 });
    expect([...pca.embedding]).toEqual(new Array(8).fill(0));
    expect([...pca.explainedVariance, ...pca.explainedVarianceRatio, ...pca.singularValues]).toEqual(
      new Array(6).fill(0),
    );
    const [a, b, c, d, e, f] = pca.directions;
    expectClose([a! * d! + b! * e! + c! * f!, a! * a! + b! * b! + c! * c!], [0, 1]);
  });

  it('of one point puts it at 0', async () => {
    const pca = await fitted(pointsOf([[5, 6, 7]]), { components: 1 });
    expect([...pca.embedding, ...pca.explainedVariance]).toEqual([0, 0]);
  });

  it.each([1e37, 1e-38])('of points around %g is that of points around 1, scaled', async (factor) => {
    const points = randomPoints(9, 4);
    const scaled = { ...points, data: points.data.map((value) => value * factor) };
    const [one, other] = [await fitted(points), await fitted(scaled)];
    expectClose(
      other.embedding.map((code) => code / factor),
      one.embedding,
      { absolute: 1e-4 },
    );
    expectClose(other.explainedVarianceRatio, one.explainedVarianceRatio);
  });

  it('does not put codes beyond float32', async () => {
    const points = pointsOf([
      [3e38, 3e38, 3e38, 3e38],
      [-3e38, -3e38, -3e38, -3e38],
    ]);
    const pca = await createPca(points, { components: 1 });
    expect(await codeOf(pca.run())).toBe('E_RANGE');
    expect(await codeOf(pca.run())).toBe('E_RANGE'); // nor later
  });
});

describe.each([
  ['plain loops', 40, 6],
  ['kernels', 700, 400],
])('by %s', (_, count, dimensions) => {
  const points = randomPoints(count, dimensions);

  it('the codes are those that transform gives, bit for bit, alone too', async () => {
    const pca = await fitted(points, { components: 3 });
    expect(pca.transform(points)).toEqual(pca.embedding);
    const last = { data: points.data.slice(-dimensions), count: 1, dimensions };
    expect(pca.transform(last)).toEqual(pca.embedding.slice(-3));
  });

  it('a saved model that is loaded is equal', async () => {
    const pca = await fitted(points, { components: 3, whiten: true });
    const again = await loadPca(pca.save());
    expect(again.save()).toEqual(pca.save());
    expect(again.progress.stage).toBe('done');
    expect(again.singularValues).toEqual(pca.singularValues);
    expect(again.embedding).toEqual(pca.embedding);
    expect(again.transform(points)).toEqual(pca.embedding);
  });

  it.each(['full', 'randomized'] as const)('the solver %s gives the same bits again', async (solver) => {
    const [one, other] = [await fitted(points, { solver }), await fitted(points, { solver })];
    expect(one.save()).toEqual(other.save());
  });

  it('both solvers find the same', async () => {
    const [full, sketch] = [
      await fitted(points, { solver: 'full' }),
      await fitted(points, { solver: 'randomized' }),
    ];
    expectClose(sketch.explainedVariance, full.explainedVariance);
    expectClose(sketch.embedding, full.embedding, { absolute: 1e-4 });
  });

  it('principalComponents finds the same at once', async () => {
    const pca = await fitted(points);
    const { codes, explainedVariance } = principalComponents(points, 2);
    expectClose(codes, pca.embedding, { absolute: 1e-4 });
    expectClose(explainedVariance, pca.explainedVariance);
  });
});

describe('before the end, a PCA', () => {
  it('has codes of 0, and no model', async () => {
    const pca = await createPca(randomPoints(5, 4));
    expect(pca.embedding).toEqual(new Float32Array(10));
    expect(pca.progress).toMatchObject({ stage: 'optimize', fraction: 0 });
    for (const use of [
      () => pca.mean,
      () => pca.directions,
      () => pca.save(),
      () => pca.transform(randomPoints(1, 4)),
    ]) {
      expect(use).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    }
  });
});

describe("the solver 'auto'", () => {
  it('says so when it sketches because memory is short', async () => {
    const points = randomPoints(100, 80);
    expect((await createPca(points)).warnings).toEqual([]);
    const short = await createPca(points, { memoryBudget: 150_000 });
    expect(short.warnings).toEqual([
      expect.stringMatching(/'full' takes \d+ bytes, .* of 150000, so 'randomized' was taken/),
    ]);
    await short.run();
    expect((await loadPca(short.save())).warnings).toEqual(short.warnings);
    expect((await createPca(points, { memoryBudget: 150_000, solver: 'randomized' })).warnings).toEqual([]);
  });
});

describe('createPca does not take', () => {
  it('more components than there are points or dimensions, and names the limit', async () => {
    const fail = (points: Points, components: number) =>
      createPca(points, { components }).catch(({ code, message }) => [code, message]);
    expect(await fail(randomPoints(9, 4), 5)).toEqual([
      'E_RANGE',
      expect.stringContaining('from 1 to 4 for 9 points of 4'),
    ]);
    expect(await fail(randomPoints(3, 4), 4)).toEqual(['E_RANGE', expect.stringContaining('from 1 to 3')]);
  });

  it.each<[string, PcaOptions]>([
    ['E_RANGE', { components: 0 }],
    ['E_RANGE', { components: 1.5 }],
    ['E_RANGE', { components: Number.NaN }],
    ['E_RANGE', { seed: -1 }],
    ['E_RANGE', { memoryBudget: 0 }],
    ['E_RANGE', { memoryBudget: Number.NaN }],
    ['E_UNKNOWN_NAME', { solver: 'arpack' as 'full' }],
    ['E_LIMIT', { memoryBudget: 1000 }],
    ['E_LIMIT', { memoryBudget: 100_000, solver: 'full' }],
  ])('%s: %o', async (code, options) => {
    expect(await codeOf(createPca(randomPoints(100, 80), options))).toBe(code);
  });

  it('NaN, and names row and column', async () => {
    const points = randomPoints(5, 3);
    points.data[7] = Number.NaN;
    await expect(createPca(points)).rejects.toMatchObject({
      code: 'E_NOT_FINITE',
      message: expect.stringContaining('row 2, column 1'),
    });
  });
});

it('with little memory takes the random sketch', async () => {
  const pca = await fitted(randomPoints(400, 300), { memoryBudget: 2_000_000 });
  expect(pca.save().settings).toMatchObject({ solver: 'randomized' });
});

describe('transform', () => {
  it('does not take points of other dimensions, or NaN', async () => {
    const pca = await fitted(randomPoints(9, 4));
    expect(() => pca.transform(randomPoints(2, 3))).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
    expect(() => pca.transform(pointsOf([[1, 2, Number.NaN, 4]]))).toThrow(
      expect.objectContaining({ code: 'E_NOT_FINITE' }),
    );
    expect(() => pca.inverseTransform(randomPoints(2, 3))).toThrow(
      expect.objectContaining({ code: 'E_SHAPE' }),
    );
  });
});

describe('loadPca', () => {
  it('takes only what a PCA saved', async () => {
    const saved = (await fitted(randomPoints(9, 4))).save();
    const { mean: _, ...arrays } = saved.arrays;
    const infinite = { shape: [4], data: new Float64Array(4).fill(Number.POSITIVE_INFINITY) };
    for (const broken of [
      { ...saved, method: 'tsne' },
      { ...saved, version: 2 as 1 },
      { ...saved, settings: {} },
      { ...saved, settings: { ...saved.settings, components: 3 } },
      { ...saved, arrays },
      { ...saved, arrays: { ...arrays, mean: infinite } },
    ]) {
      expect(await codeOf(loadPca(broken))).toBe('E_FORMAT');
    }
  });
});
