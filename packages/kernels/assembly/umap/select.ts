/**
 * Which edges an epoch takes: edge e, of `rate = 2^32 w / w_max`, when `floor((epoch + 1) rate / 2^32)` is more than
 * `floor(epoch rate / 2^32)`, so that it is taken `floor(epochs w / w_max)` times, evenly.
 *
 * `rates` is read in vectors: a multiple of 4 of them, those after `count` 0. `out` receives the edges' numbers in
 * order, then three times `count`, which fills the last group of four; it has room for `count + 4`.
 *
 * @returns how many there are, without those that fill.
 */
export function select(count: i32, rates: usize, epoch: i32, out: usize): i32 {
  const times = i32x4.splat(epoch + 1);
  const first = out;
  for (let edge = 0; edge < count; edge += 4) {
    const rate = v128.load(rates);
    rates += 16;
    // The sum of rates modulo 2^32 is less than the rate where it has just passed a multiple of 2^32.
    const taken = i32x4.bitmask(i32x4.lt_u(i32x4.mul(rate, times), rate));
    // Every number is written, and the next one over it where it was not taken: quicker than to branch.
    store<i32>(out, edge);
    out += (taken & 1) << 2;
    store<i32>(out, edge + 1);
    out += (taken & 2) << 1;
    store<i32>(out, edge + 2);
    out += taken & 4;
    store<i32>(out, edge + 3);
    out += (taken & 8) >> 1;
  }
  store<i32>(out, count);
  store<i32>(out, count, 4);
  store<i32>(out, count, 8);
  return <i32>(out - first) >> 2;
}
