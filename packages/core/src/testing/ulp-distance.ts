const float = new Float64Array(1);
const word = new BigInt64Array(float.buffer);

/** A double's place in the ordered row of all doubles. */
function place(x: number): bigint {
  float[0] = x;
  return word[0]! < 0n ? -(word[0]! & 0x7fffffffffffffffn) : word[0]!;
}

/** How many doubles apart two finite numbers are: 0 when equal, 1 for neighbours. */
export function ulpDistance(a: number, b: number): number {
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}
