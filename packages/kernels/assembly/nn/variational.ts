import { loadLanes, storeLanes, wholeBytes } from './lanes';
import { BERNOULLI, sumRow } from './row-sum';
import { sigmoid } from './transcendental';

/** `nll[row] = sum(relu(logits) - logits * target + softplus(-|logits|))`. */
export function bernoulliFromLogits(rows: i32, pixels: i32, logits: usize, target: usize, nll: usize): void {
  const step = <usize>pixels << 2;
  for (; rows > 0; rows--) {
    store<f32>(nll, sumRow(BERNOULLI, pixels, logits, target));
    logits += step;
    target += step;
    nll += 4;
  }
}

/** `dLogits = (sigmoid(logits) - target) * upstream[row]`. */
export function bernoulliBackprop(
  rows: i32, pixels: i32, logits: usize, target: usize, upstream: usize, dLogits: usize,
): void {
  const step = <usize>pixels << 2;
  const whole = wholeBytes(pixels);
  for (; rows > 0; rows--) {
    const slope = v128.load32_splat(upstream);
    let at: usize = 0;
    for (; at + 32 <= whole; at += 32) { // stores in pairs, which V8 joins with all that leads to them
      const low = bernoulliSlope(v128.load(logits + at), v128.load(target + at), slope);
      const high = bernoulliSlope(v128.load(logits + at, 16), v128.load(target + at, 16), slope);
      v128.store(dLogits + at, low);
      v128.store(dLogits + at, high, 16);
    }
    for (let count = pixels - <i32>(at >> 2); count > 0; count -= 4) {
      storeLanes(dLogits + at, bernoulliSlope(loadLanes(logits + at, count), loadLanes(target + at, count), slope), count);
      at += 16;
    }
    logits += step;
    target += step;
    upstream += 4;
    dLogits += step;
  }
}

@inline
function bernoulliSlope(logits: v128, target: v128, upstream: v128): v128 {
  return f32x4.mul(f32x4.sub(sigmoid(logits), target), upstream);
}
