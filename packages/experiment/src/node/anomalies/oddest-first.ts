/** Places of examples by falling scores, of equal ones the first first. */
export function oddestFirst(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
}
