/**
 * How often edges are taken, in units of 2^-32 of an epoch: `w / w_max`, as `select` of the kernels wants them; 0 where an
 * edge would not be taken once in all epochs.
 *
 * @param rates receives them.
 */
export function fillRates(weights: Float32Array, epochs: number, rates: Uint32Array): void {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  for (let e = 0; e < weights.length; e++) {
    const share = weights[e]! / largest;
    rates[e] = share * epochs >= 1 ? Math.min(2 ** 32 - 1, Math.floor(share * 2 ** 32)) : 0;
  }
}
