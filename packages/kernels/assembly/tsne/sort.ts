// Points in the order of their Morton keys: 16 bits of x and 16 of y, interleaved, so that a quadrant of a quadrant
// of ... the bounding square is a run of points.

const RADIX_BITS: u32 = 11;
const RADIX: u32 = 1 << RADIX_BITS;

/** Bytes of `histograms` in {@link sortPlaces}. */
export const HISTOGRAM_BYTES: usize = 3 * RADIX * 4;

/**
 * Keys of `count` places `(x, y)` to `keys` and their indices to `order`, ascending, equal keys in the order of their
 * indices. The spares are as large.
 */
export function sortPlaces(
  places: usize, count: i32, keys: usize, order: usize, spareKeys: usize, spareOrder: usize, histograms: usize,
): void {
  writeKeys(places, count, spareKeys);
  memory.fill(histograms, 0, HISTOGRAM_BYTES);
  for (let i = 0; i < count; i++) {
    const key = load<u32>(spareKeys + (<usize>i << 2));
    store<u32>(spareOrder + (<usize>i << 2), i);
    for (let pass: u32 = 0; pass < 3; pass++) {
      const slot = slotOf(histograms, pass, key);
      store<u32>(slot, load<u32>(slot) + 1);
    }
  }
  scatter(0, count, spareKeys, spareOrder, keys, order, histograms);
  scatter(1, count, keys, order, spareKeys, spareOrder, histograms);
  scatter(2, count, spareKeys, spareOrder, keys, order, histograms);
}

@inline
function slotOf(histograms: usize, pass: u32, key: u32): usize {
  return histograms + (<usize>(pass * RADIX + ((key >> (pass * RADIX_BITS)) & (RADIX - 1))) << 2);
}

/** One pass of a radix sort, the histogram's counts becoming positions. */
function scatter(
  pass: u32, count: i32, keys: usize, order: usize, toKeys: usize, toOrder: usize, histograms: usize,
): void {
  const histogram = histograms + <usize>(pass * RADIX) * 4;
  let position: u32 = 0;
  for (let digit: u32 = 0; digit < RADIX; digit++) {
    const slot = histogram + (<usize>digit << 2);
    const here = load<u32>(slot);
    store<u32>(slot, position);
    position += here;
  }
  for (let i = 0; i < count; i++) {
    const key = load<u32>(keys + (<usize>i << 2));
    const slot = slotOf(histograms, pass, key);
    const to = load<u32>(slot);
    store<u32>(slot, to + 1);
    store<u32>(toKeys + (<usize>to << 2), key);
    store<u32>(toOrder + (<usize>to << 2), load<u32>(order + (<usize>i << 2)));
  }
}

function writeKeys(places: usize, count: i32, keys: usize): void {
  let minX = load<f32>(places), minY = load<f32>(places, 4);
  let maxX = minX, maxY = minY;
  for (let i = 1; i < count; i++) {
    const x = load<f32>(places + (<usize>i << 3)), y = load<f32>(places + (<usize>i << 3), 4);
    minX = min(minX, x);
    minY = min(minY, y);
    maxX = max(maxX, x);
    maxY = max(maxY, y);
  }
  const side = max(maxX - minX, maxY - minY);
  // A side too small to divide by makes one run of all points, as equal points do.
  const scale: f32 = side > 1e-30 ? 65535 / side : 0;
  for (let i = 0; i < count; i++) {
    const x = (load<f32>(places + (<usize>i << 3)) - minX) * scale;
    const y = (load<f32>(places + (<usize>i << 3), 4) - minY) * scale;
    store<u32>(keys + (<usize>i << 2), spread(x) | (spread(y) << 1));
  }
}

/** The 16 bits of a number of 0 to 65535, a zero after each. */
@inline
function spread(value: f32): u32 {
  let bits = min<u32>(<u32>value, 65535);
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}
