import { loadLanes, storeLanes, wholeBytes } from './lanes';
import { BERNOULLI, DIVERGENCE, SQUARED_ERROR, sumRow } from './row-sum';
import { exp, sigmoid } from './transcendental';

/** `deviation = exp(logVar / 2) * noise`, `z = mean + deviation`. */
export function reparameterize(count: i32, mean: usize, logVar: usize, noise: usize, deviation: usize, z: usize): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) reparameterizeAt(at, 4, mean, logVar, noise, deviation, z);
  if (count & 3) reparameterizeAt(whole, count & 3, mean, logVar, noise, deviation, z);
}

@inline
function reparameterizeAt(
  at: usize, lanes: i32, mean: usize, logVar: usize, noise: usize, deviation: usize, z: usize,
): void {
  const scale = exp(f32x4.mul(loadLanes(logVar + at, lanes), f32x4.splat(0.5)));
  const moved = f32x4.mul(scale, loadLanes(noise + at, lanes));
  storeLanes(z + at, f32x4.add(loadLanes(mean + at, lanes), moved), lanes);
  storeLanes(deviation + at, moved, lanes);
}

/** `excess = expm1(logVar)`, `kl[row] = sum(mean^2 + (excess - logVar)) / 2`. */
export function klStandardNormal(rows: i32, latent: i32, mean: usize, logVar: usize, excess: usize, kl: usize): void {
  const step = <usize>latent << 2;
  for (; rows > 0; rows--) {
    store<f32>(kl, <f32>0.5 * sumRow(DIVERGENCE, latent, mean, logVar, excess));
    mean += step;
    logVar += step;
    excess += step;
    kl += 4;
  }
}

/** `nll[row] = sum(softplus(logits) - logits * target)`. */
export function bernoulliFromLogits(rows: i32, pixels: i32, logits: usize, target: usize, nll: usize): void {
  const step = <usize>pixels << 2;
  for (; rows > 0; rows--) {
    store<f32>(nll, sumRow(BERNOULLI, pixels, logits, target, 0));
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

/** `output = sigmoid(logits)`, `distance[row] = sum((output - target)^2)`. */
export function squaredErrorFromLogits(
  rows: i32, pixels: i32, logits: usize, target: usize, output: usize, distance: usize,
): void {
  const step = <usize>pixels << 2;
  for (; rows > 0; rows--) {
    store<f32>(distance, sumRow(SQUARED_ERROR, pixels, logits, target, output));
    logits += step;
    target += step;
    output += step;
    distance += 4;
  }
}
