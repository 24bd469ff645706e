/** The sum of a row in the order that the kernels promise: eight sums, then a tree of them. */
export function naiveRowSum(terms: ArrayLike<number>): number {
  const { fround } = Math;
  const s = new Float32Array(8);
  for (let i = 0; i < terms.length; i++) s[i % 8]! += terms[i]!;
  const pair = (l: number) => fround(s[l]! + s[l + 4]!);
  return fround(fround(pair(0) + pair(2)) + fround(pair(1) + pair(3)));
}
