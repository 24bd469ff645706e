const bits = new DataView(new ArrayBuffer(4));

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** IEEE 754 half-precision words as float32, exactly. */
export function widenHalf(words: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(words, halfToNumber);
}

/** bfloat16 words as float32, exactly: they are the upper half of one. */
export function widenBfloat16(words: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(words, (word) => {
    bits.setUint32(0, word << 16);
    return bits.getFloat32(0);
  });
}
