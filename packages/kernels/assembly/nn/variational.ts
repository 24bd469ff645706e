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
    for (let at: usize = 0; at < whole; at += 16) bernoulliBackpropAt(at, 4, logits, target, slope, dLogits);
    if (pixels & 3) bernoulliBackpropAt(whole, pixels & 3, logits, target, slope, dLogits);
    logits += step;
    target += step;
    upstream += 4;
    dLogits += step;
  }
}

@inline
function bernoulliBackpropAt(at: usize, lanes: i32, logits: usize, target: usize, slope: v128, dLogits: usize): void {
  const difference = f32x4.sub(sigmoid(loadLanes(logits + at, lanes)), loadLanes(target + at, lanes));
  storeLanes(dLogits + at, f32x4.mul(difference, slope), lanes);
}
