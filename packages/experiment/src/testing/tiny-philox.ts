// What docs/random-numbers.md says, word by word, and nothing of Latentkit's own: another program's random numbers.

export interface Address {
  seed: number;
  stream: number;
  step?: number;
  index?: number;
}

/** Word `i` of an address. */
export function wordAt({ seed, stream, step = 0, index = 0 }: Address, i: number): number {
  const key: [bigint, bigint] = [BigInt(seed) & MASK, BigInt(seed) >> 32n];
  const counter = [BigInt(Math.floor(i / 4)), BigInt(index), BigInt(step), BigInt(stream)];
  return Number(philox(key, counter)[i % 4]!);
}

const MASK = 0xffffffffn;

export function philox([k0, k1]: [bigint, bigint], counter: readonly bigint[]): bigint[] {
  let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
  for (let round = 0n; round < 10n; round++) {
    const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    const [a, b] = [(k0 + round * 0x9e3779b9n) & MASK, (k1 + round * 0xbb67ae85n) & MASK];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ a, p1 & MASK, (p0 >> 32n) ^ c3 ^ b, p0 & MASK];
  }
  return [c0, c1, c2, c3];
}

export function uniformAt(address: Address, i: number): number {
  return Math.floor(wordAt(address, i) / 2 ** 8) / 2 ** 24;
}

/** The quantile by Newton's method on the distribution function, which is summed as a series. */
export function normalAt(address: Address, i: number): number {
  const p = (wordAt(address, i) + 0.5) / 2 ** 32;
  let z = 0;
  for (let step = 0; step < 60; step++) {
    let [term, sum] = [z, z];
    for (let k = 3; Math.abs(term) > 1e-18; k += 2) sum += term *= (z * z) / k;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    z -= Math.max(-1, Math.min(1, (0.5 + density * sum - p) / density));
  }
  return Math.fround(z);
}

export function orderAt(address: Address, n: number): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  let next = 0;
  for (let i = n - 1; i >= 1; i--) {
    const j = Math.floor((wordAt(address, next++) / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
