import { afterEach, describe, expect, it } from 'vitest';
import { randomNumbers } from '../testing/random-numbers.ts';
import { createTsneBench } from '../testing/tsne-bench.ts';

const bench = await createTsneBench();
afterEach(() => bench.clear());

/** Row i has `(3 i) % 11` edges to others, then edges of no weight up to a multiple of four. */
function edgesOf(count: number) {
  const rows = [0];
  const columns: number[] = [];
  const p: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let e = 0; e < (3 * i) % 11 && e < count - 1; e++) {
      columns.push((i + 1 + e) % count);
      p.push(Math.fround((1 + ((i * 7 + e) % 5)) / (40 * count)));
    }
    while (columns.length % 4) {
      columns.push(i);
      p.push(0);
    }
    rows.push(columns.length);
  }
  const edges = {
    rows: bench.put(Uint32Array.from(rows)),
    columns: bench.put(Uint32Array.from(columns, (j) => 8 * j)),
    p: bench.put(Float32Array.from(p)),
  };
  return { rows, columns, p, edges };
}

describe.each([1, 2, 3, 4, 5, 17, 100])('over the edges of %d points', (count) => {
  const places = randomNumbers(2 * count);
  const distance2 = (i: number, j: number) =>
    (places[2 * i]! - places[2 * j]!) ** 2 + (places[2 * i + 1]! - places[2 * j + 1]!) ** 2;

  it('attraction is the sum of p q times the vector from the other', () => {
    const { rows, columns, p, edges } = edgesOf(count);
    const out = bench.room(8 * count);
    bench.tsne.attract(bench.put(places), count, edges, out);
    const expected = Array.from({ length: 2 * count }, (_, at) => {
      const i = at >> 1;
      let sum = 0;
      for (let e = rows[i]!; e < rows[i + 1]!; e++) {
        const j = columns[e]!;
        sum += (p[e]! / (1 + distance2(i, j))) * (places[at]! - places[2 * j + (at & 1)]!);
      }
      return sum;
    });
    bench.take(out, 2 * count).forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!, 6);
    });
  });

  it('the divergence is the sum of p log(p / q), without edges of no weight', () => {
    const { rows, columns, p, edges } = edgesOf(count);
    let expected = 0;
    for (let i = 0; i < count; i++) {
      for (let e = rows[i]!; e < rows[i + 1]!; e++) {
        if (p[e]) expected += p[e]! * Math.log(p[e]! * (1 + distance2(i, columns[e]!)));
      }
    }
    expect(bench.tsne.divergence(bench.put(places), count, edges)).toBeCloseTo(expected, 5);
  });
});
