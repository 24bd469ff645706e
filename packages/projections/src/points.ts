import { LatentkitError } from '@latentkit/core';

/** Vectors, one a row. */
export interface Points {
  /** `[count, dimensions]`, row-major. */
  readonly data: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}

/**
 * Throws unless `points` has at least one point of at least one dimension, as many numbers as it says, and all of them
 * finite.
 *
 * @param where whose argument it is, for the message.
 * @throws `E_USAGE` for what is no `Points`; `E_SHAPE`; `E_NOT_FINITE` with row and column.
 */
export function requirePoints(points: Points, where: string): void {
  requireKind(points, where);
  const { data, count, dimensions } = points;
  const isSize = (size: number) => Number.isInteger(size) && size >= 1;
  if (!isSize(count) || !isSize(dimensions) || data.length !== count * dimensions) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected points of [count, dimensions], got ${data.length} numbers for [${count}, ${dimensions}]`,
    );
  }
  if (areFinite(data)) return;
  const bad = data.findIndex((number) => !Number.isFinite(number));
  throw new LatentkitError(
    'E_NOT_FINITE',
    `${where}: ${data[bad]} in row ${Math.floor(bad / dimensions)}, column ${bad % dimensions} (from 0)`,
    { fix: 'Drop the row, or fill the gap' },
  );
}

/** From JavaScript anything may come: a list of lists, a list of numbers, float64. */
export function requireKind(points: Points, where: string): void {
  const given: unknown = points;
  if (typeof given !== 'object' || given === null || !('data' in given)) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: expected points { data, count, dimensions }, got ${kindOf(given)}`,
      {
        fix: 'data is a Float32Array of [count, dimensions], row by row',
      },
    );
  }
  const kind = kindOf(given.data);
  if (kind === 'Float32Array') return;
  throw new LatentkitError('E_USAGE', `${where}: data must be a Float32Array, got ${kind}`, {
    fix:
      kind === 'Float64Array'
        ? 'narrowPoints(points) rounds it without losing what is small beside a large mean'
        : 'Write the rows one after the other into a Float32Array',
  });
}

/** `Float32Array`, `Array`, `Null`: by its tag, as an array of another realm (a frame, a sandbox) is as good. */
const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);

/** What is to be said of points that are all equal: a map of them has places, and they mean nothing. */
export function noteEqualPoints({ data, count, dimensions }: Points): string[] {
  if (count < 2) return [];
  for (let at = dimensions; at < data.length; at++) if (data[at] !== data[at % dimensions]) return [];
  return [`all ${count} points are equal: there is nothing to see in a map of them`];
}

/** Whether all numbers are finite: a search by a callback takes ten times as long, half a second for 60,000 images. */
function areFinite(data: Float32Array): boolean {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const even = data.length - (data.length % 4);
  for (let i = 0; i < even; i += 4) {
    s0 += data[i]! * 0;
    s1 += data[i + 1]! * 0;
    s2 += data[i + 2]! * 0;
    s3 += data[i + 3]! * 0;
  }
  for (let i = even; i < data.length; i++) s0 += data[i]! * 0;
  return s0 + s1 + s2 + s3 === 0; // infinities and NaN times 0 are NaN
}
