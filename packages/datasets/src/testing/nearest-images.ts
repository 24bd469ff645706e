/**
 * Index of the known image nearest to each query, Euclidean: least `|k|^2 - 2 k.q`, in exact whole numbers.
 * The known images are transposed, so that a query costs one pass over `[count]` for each of its pixels with ink.
 */
export function nearestImages(known: Uint8Array, queries: Uint8Array, pixels: number): Int32Array {
  const count = known.length / pixels;
  const transposed = new Uint8Array(pixels * count);
  const squares = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = known[k * pixels + pixel]!;
      transposed[pixel * count + k] = value;
      squares[k]! += value * value;
    }
  }
  const dots = new Int32Array(count);
  return Int32Array.from({ length: queries.length / pixels }, (_, q) => {
    dots.fill(0);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = queries[q * pixels + pixel]!;
      if (value === 0) continue;
      const row = transposed.subarray(pixel * count, (pixel + 1) * count);
      for (let k = 0; k < count; k++) dots[k] = dots[k]! + value * row[k]!;
    }
    let best = 0;
    for (let k = 1; k < count; k++) {
      if (squares[k]! - 2 * dots[k]! < squares[best]! - 2 * dots[best]!) best = k;
    }
    return best;
  });
}
