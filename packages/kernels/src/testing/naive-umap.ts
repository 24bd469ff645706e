import type { EdgeSample } from '../umap/kernels.ts';

/** What a sample points to, as arrays. */
export interface NaiveSample
  extends Pick<EdgeSample, 'dimensions' | 'moveTails' | 'negatives' | 'others' | 'rate' | 'keys'> {
  /** `[.., dimensions]`; the same array as `tails` where places move each other. */
  heads: Float64Array;
  tails: Float64Array;
  /** Pairs of head and tail. */
  edges: ArrayLike<number>;
  /** Four runs of numbers of edges, of one length. */
  selected: ArrayLike<number>;
  a: number;
  b: number;
  repulsion: number;
}

/** Two rounds of xor, shift and multiplication, and the upper half of the product with the limit. */
export function naiveDraw(counter: number, [key0, key1]: readonly [number, number], limit: number): number {
  let h = counter ^ key0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = ((h ^ (h >>> 15)) + key1) | 0;
  h = Math.imul(h, 0x846ca68b);
  h ^= h >>> 16;
  return Math.floor(((h >>> 0) * limit) / 2 ** 32);
}

/** What a head moves by towards, or away from, another place. */
export function naiveMove(
  { a, b, repulsion, rate }: Pick<NaiveSample, 'a' | 'b' | 'repulsion' | 'rate'>,
  kind: 'attraction' | 'repulsion',
  head: readonly number[],
  other: readonly number[],
): number[] {
  const d2 = head.reduce((sum, x, d) => sum + (x - other[d]!) ** 2, 0);
  if (d2 === 0) return head.map(() => 0);
  const scale = 1 + a * d2 ** b;
  const c =
    kind === 'attraction'
      ? (-2 * a * b * d2 ** (b - 1)) / scale
      : (2 * repulsion * b) / ((0.001 + d2) * scale);
  return head.map((x, d) => rate * Math.max(-4, Math.min(4, c * (x - other[d]!))));
}

/** Moves places in place, group by group of an edge from each run, in float64. */
export function naiveEpoch(sample: NaiveSample): void {
  const { dimensions, heads, tails, edges, selected, moveTails, negatives, others, keys } = sample;
  const groups = selected.length / 4;
  const read = (places: Float64Array, i: number) => [
    ...places.subarray(i * dimensions, (i + 1) * dimensions),
  ];
  const add = (places: Float64Array, i: number, change: readonly number[], sign = 1) =>
    change.forEach((x, d) => {
      places[i * dimensions + d]! += sign * x;
    });
  for (let group = 0; group < groups; group++) {
    const lanes = [0, 1, 2, 3].map((run) => {
      const edge = selected[run * groups + group]!;
      const [head, tail] = [edges[2 * edge]!, edges[2 * edge + 1]!];
      const place = read(heads, head);
      return { edge, head, tail, place, change: naiveMove(sample, 'attraction', place, read(tails, tail)) };
    });
    for (const { tail, change } of lanes) if (moveTails) add(tails, tail, change, -1);
    // In a plane, lanes that share a head do not see each other until the end; elsewhere they meet in memory.
    const isPlane = dimensions === 2;
    if (!isPlane) for (const { head, change } of lanes) add(heads, head, change);
    const moved = lanes.map(({ place, change }) => place.map((x, d) => x + change[d]!));
    for (let i = 0; i < negatives; i++) {
      const draws = lanes.map(({ edge }) => naiveDraw(edge * negatives + i, keys, others));
      const changes = lanes.map(({ head }, lane) => {
        if (moveTails && draws[lane] === head) return new Array<number>(dimensions).fill(0);
        const place = isPlane ? moved[lane]! : read(heads, head);
        return naiveMove(sample, 'repulsion', place, read(tails, draws[lane]!));
      });
      lanes.forEach(({ head, change }, lane) => {
        if (isPlane)
          changes[lane]!.forEach((x, d) => {
            change[d]! += x;
          });
        else add(heads, head, changes[lane]!);
      });
    }
    if (isPlane) for (const { head, change } of lanes) add(heads, head, change);
  }
}
