/** Numbers from 0 to 1 of a linear congruential generator: those of fixtures/make-measures.py. */
export function fixtureNumbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  });
}
