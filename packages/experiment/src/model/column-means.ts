/** The mean of each column of `points`, `[count, dimensions]`, in float64. */
export function columnMeans(points: Float32Array, dimensions: number): number[] {
  const sums = new Array<number>(dimensions).fill(0);
  points.forEach((value, i) => {
    sums[i % dimensions]! += value;
  });
  return sums.map((sum) => sum / (points.length / dimensions));
}
