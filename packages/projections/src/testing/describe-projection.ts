import { createRandom, LatentkitError, Stream } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { createProjection, loadProjection } from '../create-projection.ts';
import { type AnyMethod, methodRow, type OptionsOf } from '../own-methods.ts';
import type { Points } from '../points.ts';
import type { Projection, RunOptions } from '../projection.ts';

/** What differs from method to method. */
export interface ProjectionRow<Method extends AnyMethod = AnyMethod> {
  readonly method: Method;
  /** To keep the tests short: few iterations. */
  readonly options?: OptionsOf<Method>;
  /** Of fewer points there is no map of two dimensions, which is said as `E_RANGE`. */
  readonly fewest: number;
  /** Whether new points can be placed; if not, `transform` throws `E_USAGE`. */
  readonly transforms?: boolean;
}

const DIMENSIONS = 5;

/** Points in two clouds. */
function cloudPoints(count: number, seed = 1): Points {
  const random = createRandom({ seed, stream: Stream.sample });
  const data = Float32Array.from(
    { length: count * DIMENSIONS },
    (_, i) => random.normal() + (Math.floor(i / DIMENSIONS) % 2) * 6,
  );
  return { data, count, dimensions: DIMENSIONS };
}

/** Each as its row and column, both from 0, say. */
function pointsBy(count: number, number: (row: number, column: number) => number): Points {
  const data = Float32Array.from({ length: count * DIMENSIONS }, (_, i) =>
    number(Math.floor(i / DIMENSIONS), i % DIMENSIONS),
  );
  return { data, count, dimensions: DIMENSIONS };
}

function expectFinite(map: Float32Array, length: number): void {
  expect(map).toBeInstanceOf(Float32Array);
  expect(map).toHaveLength(length);
  expect(map.every(Number.isFinite)).toBe(true);
}

/**
 * The contract of a projection: deterministic, finite from the start, stoppable, savable, and clear about points that
 * cannot be mapped.
 */
export function describeProjection<Method extends AnyMethod>({
  method,
  options,
  fewest,
  transforms = true,
}: ProjectionRow<Method>): void {
  const row = methodRow(method, 'describeProjection');
  const create = (points: Points): Promise<Projection> => createProjection(method, points, options);
  const run = async (points: Points): Promise<Projection> => {
    const projection = await create(points);
    await projection.run();
    return projection;
  };
  let finished: Promise<Projection> | undefined;
  /** One that is done, for claims that change nothing of it. */
  const done = () => {
    finished ??= run(cloudPoints(40));
    return finished;
  };
  const errorOf = (points: Points) =>
    create(points)
      .then((projection) => projection.run())
      .then(
        () => 'none',
        (error: unknown) => error,
      );

  describe(`the projection ${row.name}`, () => {
    it('says what it is, and of how many points', async () => {
      const projection = await create(cloudPoints(40));
      expect(projection).toMatchObject({ method: row.name, count: 40, components: 2 });
      expect(Array.isArray(projection.warnings)).toBe(true);
    });

    it('gives the same bits again', async () => {
      const [one, other] = [await done(), await run(cloudPoints(40))];
      expect(one.embedding).toEqual(other.embedding);
    });

    it('leaves the points alone', async () => {
      const points = cloudPoints(40);
      await run(points);
      expect(points.data).toEqual(cloudPoints(40).data);
    });

    it('has finite numbers from the start, and progress that never goes back', async () => {
      const projection = await create(cloudPoints(40));
      let before = projection.progress;
      expect(before.stage).not.toBe('done');
      while (projection.progress.stage !== 'done') {
        expectFinite(projection.embedding, 80);
        projection.step();
        const { fraction, step, steps } = projection.progress;
        expect(fraction).toBeGreaterThanOrEqual(before.fraction);
        expect(fraction).toBeLessThanOrEqual(1);
        expect(step).toBeGreaterThanOrEqual(before.step);
        expect(step).toBeLessThanOrEqual(steps);
        before = projection.progress;
      }
      expect(before.fraction).toBe(1);
      expectFinite(projection.embedding, 80);
    });

    it('gives copies of its map, and stays as it is after the end', async () => {
      const projection = await run(cloudPoints(40));
      const map = projection.embedding;
      projection.embedding.fill(7);
      projection.step();
      expect(projection.embedding).toEqual(map);
      expect(await projection.run()).toEqual(map);
    });

    it('stops when it is told to, and runs on to the same map', async () => {
      const straight = (await done()).embedding;
      const projection = await create(cloudPoints(40));
      const reason = new Error('enough');
      await expect(projection.run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      projection.step();
      projection.step();
      const controller = new AbortController();
      const stopped = projection.run({
        signal: controller.signal,
        onProgress: () => controller.abort(reason),
      });
      // One that takes less than a turn is over before it can be stopped.
      await stopped.catch((error) => expect(error).toBe(reason));
      const heard: string[] = [];
      const map = await projection.run({ onProgress: ({ stage }) => heard.push(stage) });
      expect(heard.at(-1)).toBe('done');
      expect(map).toEqual(straight);
    });

    it('tells of each new map, the finished one at last, and comes to the same', async () => {
      const [stepped, projection] = [await create(cloudPoints(40)), await create(cloudPoints(40))];
      const expected: [number, Float32Array][] = [];
      for (let before = 0; stepped.progress.stage !== 'done'; before = stepped.progress.step) {
        stepped.step();
        const { step } = stepped.progress;
        if (step !== before) expected.push([step, stepped.embedding]);
      }
      const heard: [number, Float32Array][] = [];
      const onMap: RunOptions['onMap'] = (map, { step }) => {
        heard.push([step, map.slice()]);
        map.fill(7); // it is the listener's own
      };
      expect(await projection.run({ onMap, mapSeconds: 0 })).toEqual(expected.at(-1)![1]);
      // The last one comes again where the method is done a moment after its last step.
      const newest = heard.filter(([step], i) => heard[i + 1]?.[0] !== step);
      expect(newest).toEqual(expected);
      const { length } = heard;
      expect(length - newest.length).toBeLessThanOrEqual(1);
      await projection.run({ onMap }); // once more, as it is done
      expect(heard.at(-1)).toEqual(expected.at(-1));
      expect(heard.length).toBe(length + 1);
    });

    it('tells of the finished map however rarely maps are wanted', async () => {
      const projection = await create(cloudPoints(40));
      projection.step();
      const stages: string[] = [];
      await projection.run({ onMap: (_, { stage }) => stages.push(stage), mapSeconds: 3600 });
      expect(stages.at(-1)).toBe('done');
      expect(stages.length).toBeLessThanOrEqual(2); // and perhaps the first
    });

    it('keeps clouds apart: nearest neighbours on the map are of the same cloud', async () => {
      const map = (await done()).embedding;
      const distance = (i: number, j: number) =>
        (map[2 * i]! - map[2 * j]!) ** 2 + (map[2 * i + 1]! - map[2 * j + 1]!) ** 2;
      const others = (i: number) => [...Array(40).keys()].filter((j) => j !== i);
      const nearest = (i: number) => others(i).reduce((a, b) => (distance(i, b) < distance(i, a) ? b : a));
      const same = [...Array(40).keys()].filter((i) => nearest(i) % 2 === i % 2);
      expect(same.length).toBeGreaterThanOrEqual(36);
    });

    it('is neither saved nor of use for new points before the end', async () => {
      const projection = await create(cloudPoints(40));
      expect(() => projection.save()).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
      expect(() => projection.transform(cloudPoints(3))).toThrow(
        expect.objectContaining({ code: 'E_USAGE' }),
      );
    });

    it('is equal after it was saved and loaded', async () => {
      const projection = await done();
      const saved = projection.save();
      expect(saved).toMatchObject({ method: row.name, version: 1 });
      expect(JSON.parse(JSON.stringify(saved.settings))).toEqual(saved.settings);
      for (const { shape, data } of Object.values(saved.arrays)) {
        expect(data).toHaveLength(shape.reduce((size, length) => size * length, 1));
      }
      const again = await loadProjection(structuredClone(saved), [row]);
      expect(again).toMatchObject({
        method: row.name,
        count: 40,
        components: 2,
        progress: { stage: 'done', fraction: 1 },
      });
      expect(again.embedding).toEqual(projection.embedding);
      expect(again.save()).toEqual(saved);
      if (transforms)
        expect(again.transform(cloudPoints(9, 2))).toEqual(projection.transform(cloudPoints(9, 2)));
    });

    it('is not loaded from what is something else', async () => {
      const saved = (await done()).save();
      const [name] = Object.keys(saved.arrays) as [string];
      const { [name]: array, ...rest } = saved.arrays;
      const short = { shape: [1], data: array!.data.slice(1) };
      for (const broken of [
        { ...saved, version: 2 as 1 },
        { ...saved, settings: {} },
        { ...saved, arrays: rest },
        { ...saved, arrays: { ...rest, [name]: short } },
      ]) {
        await expect(loadProjection(broken, [row])).rejects.toMatchObject({ code: 'E_FORMAT' });
      }
    });

    if (transforms) {
      it('places new points, each for itself', async () => {
        const projection = await done();
        const points = cloudPoints(9, 2);
        const map = projection.transform(points);
        expectFinite(map, 18);
        const last = { data: points.data.slice(-DIMENSIONS), count: 1, dimensions: DIMENSIONS };
        expect(projection.transform(last)).toEqual(map.slice(-2));
        expect(projection.transform(points)).toEqual(map);
        expect(points.data).toEqual(cloudPoints(9, 2).data);
      });

      it('does not place points of other dimensions, or NaN', async () => {
        const projection = await done();
        const flat = { data: new Float32Array(6), count: 2, dimensions: 3 };
        expect(() => projection.transform(flat)).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
        const gap = pointsBy(2, (row, column) => (row === 1 && column === 2 ? Number.NaN : 0));
        expect(() => projection.transform(gap)).toThrow(expect.objectContaining({ code: 'E_NOT_FINITE' }));
      });
    } else {
      it('says that it cannot place new points', async () => {
        const projection = await done();
        expect(() => projection.transform(cloudPoints(3))).toThrow(
          expect.objectContaining({ code: 'E_USAGE' }),
        );
      });
    }

    it.each([1, 2, 3, 4, 5, 17])('maps %d points, or says that they are too few', async (count) => {
      if (count < fewest) {
        expect(await errorOf(cloudPoints(count))).toMatchObject({ code: 'E_RANGE' });
      } else {
        expectFinite((await run(cloudPoints(count))).embedding, 2 * count);
      }
    });

    it.each<[string, Points]>([
      ['that are all equal', pointsBy(20, () => 0.3)],
      ['that are all 0', pointsBy(20, () => 0)],
      ['of which many are equal', pointsBy(30, (row, column) => Math.sin(1 + (row % 10) * column))],
      ['with constant columns', pointsBy(20, (row, column) => (column < 3 ? Math.sin(1 + row * column) : 7))],
      ['on a line', pointsBy(20, (row) => row)],
      ['far from 0', pointsBy(20, (row, column) => 1e6 + Math.sin(row * (column + 1)))],
      ['that are tiny', pointsBy(20, (row, column) => 1e-30 * Math.sin(row * (column + 1)))],
      ['that are huge', pointsBy(20, (row, column) => 1e15 * Math.sin(row * (column + 1)))],
    ])('maps points %s to finite numbers', async (_, points) => {
      expectFinite((await run(points)).embedding, 2 * points.count);
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY])('does not take %s, and says where it is', async (bad) => {
      const error = await errorOf(pointsBy(40, (row, column) => (row === 7 && column === 2 ? bad : row)));
      expect(error).toBeInstanceOf(LatentkitError);
      expect(error).toMatchObject({
        code: 'E_NOT_FINITE',
        message: expect.stringContaining(`${bad} in row 7, column 2`),
      });
    });

    it('says that there is nothing to see in a map of equal points', async () => {
      const said = 'all 20 points are equal: there is nothing to see in a map of them';
      const projection = await run(pointsBy(20, (_, column) => 3.5 + column));
      expect(projection.warnings).toContain(said);
      expect((await loadProjection(projection.save(), [row])).warnings).toEqual(projection.warnings);
      const two = await create(pointsBy(20, (row) => (row === 7 ? 1 : 0)));
      expect(two.warnings).not.toContain(said);
    });

    it('does not take an option that nobody knows, nor one of a wrong type', async () => {
      const codeOf = (wrong: object) =>
        row.create(cloudPoints(40), wrong as never).then(
          () => 'none',
          ({ code, message }) => [code, message],
        );
      expect(await codeOf({ componets: 2 })).toEqual([
        'E_CONFIG',
        expect.stringMatching(/there is no option componets. Did you mean 'components'\?$/),
      ]);
      expect(await codeOf({ seed: '1' })).toEqual([
        'E_RANGE',
        expect.stringMatching(/seed must .*, got '1'$/),
      ]);
      expect(await codeOf({ components: '2' })).toEqual([
        'E_RANGE',
        expect.stringContaining('components must'),
      ]);
      expect(await codeOf([] as object)).toEqual(['E_CONFIG', expect.stringContaining('an object')]);
    });

    it('does not take what are no points, and says what they are to be', async () => {
      const [points, { data, ...size }] = [cloudPoints(40), cloudPoints(40)];
      for (const [wrong, said] of [
        [undefined, 'got Undefined'],
        [
          [
            [1, 2],
            [3, 4],
          ],
          'got Array',
        ],
        [data, 'got Float32Array'],
        [{ ...size, data: Array.from(points.data) }, 'got Array. Write the rows'],
        [{ ...size, data: Float64Array.from(points.data) }, 'got Float64Array. narrowPoints'],
      ] as const) {
        const error = await errorOf(wrong as never);
        expect(error).toMatchObject({ code: 'E_USAGE', message: expect.stringContaining(said) });
      }
    });

    it('does not take points of other sizes than they say, or none', async () => {
      for (const points of [
        { ...cloudPoints(40), count: 39 },
        { data: new Float32Array(), count: 0, dimensions: DIMENSIONS },
        { data: new Float32Array(), count: 40, dimensions: 0 },
      ]) {
        expect(await errorOf(points)).toMatchObject({ code: 'E_SHAPE' });
      }
    });
  });
}
