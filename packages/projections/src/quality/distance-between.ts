import type { Points } from '../points.ts';

/** A function that orders pairs of points as their distance does: squared euclidean distance, or `1 - cos`. */
export function distanceBetween(
  { data, dimensions }: Points,
  metric: 'euclidean' | 'cosine',
): (i: number, j: number) => number {
  if (metric === 'euclidean') {
    return (i, j) => {
      const [a, b] = [i * dimensions, j * dimensions];
      let sum = 0;
      for (let d = 0; d < dimensions; d++) {
        const difference = data[a + d]! - data[b + d]!;
        sum += difference * difference;
      }
      return sum;
    };
  }
  return (i, j) => {
    const [a, b] = [i * dimensions, j * dimensions];
    let [product, left, right] = [0, 0, 0];
    for (let d = 0; d < dimensions; d++) {
      const [x, y] = [data[a + d]!, data[b + d]!];
      product += x * y;
      left += x * x;
      right += y * y;
    }
    if (left === 0 || right === 0) return left === right ? 0 : 1;
    return 1 - product / Math.sqrt(left * right);
  };
}
