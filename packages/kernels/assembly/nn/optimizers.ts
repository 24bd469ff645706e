// Each update is the sequence of float32 operations of the optimizer of its name in @latentkit/trainers, rounded after
// every one of them. Parameters and slots are updated in place.
import { loadLanes, storeLanes, wholeBytes } from './lanes';

/** `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`, `p -= m / (sqrt(v) / correctionV + epsilon) * rate`. */
export function adam(
  count: i32, p: usize, g: usize, m: usize, v: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32,
  oneMinusBeta2: f32, correctionV: f32, epsilon: f32, rate: f32,
): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) {
    adamAt(at, 4, p, g, m, v, beta1, oneMinusBeta1, beta2, oneMinusBeta2, correctionV, epsilon,
      rate);
  }
  if (count & 3) {
    adamAt(whole, count & 3, p, g, m, v, beta1, oneMinusBeta1, beta2, oneMinusBeta2, correctionV, epsilon,
      rate);
  }
}

@inline
function adamAt(
  at: usize, lanes: i32, p: usize, g: usize, m: usize, v: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32,
  oneMinusBeta2: f32, correctionV: f32, epsilon: f32, rate: f32,
): void {
  const gradient = loadLanes(g + at, lanes);
  const oldM = f32x4.mul(loadLanes(m + at, lanes), f32x4.splat(beta1));
  const nextM = f32x4.add(oldM, f32x4.mul(gradient, f32x4.splat(oneMinusBeta1)));
  const oldV = f32x4.mul(loadLanes(v + at, lanes), f32x4.splat(beta2));
  const nextV = f32x4.add(oldV, f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(oneMinusBeta2)));
  const root = f32x4.div(f32x4.sqrt(nextV), f32x4.splat(correctionV));
  descend(p + at, f32x4.div(nextM, f32x4.add(root, f32x4.splat(epsilon))), rate, lanes);
  storeLanes(m + at, nextM, lanes);
  storeLanes(v + at, nextV, lanes);
}

/** `m = beta1 m + (1 - beta1) g`, `u = max(beta2 u, |g| + epsilon)`, `p -= m / u * rate`. */
export function adamax(
  count: i32, p: usize, g: usize, m: usize, u: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32, epsilon: f32,
  rate: f32,
): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) adamaxAt(at, 4, p, g, m, u, beta1, oneMinusBeta1, beta2, epsilon, rate);
  if (count & 3) adamaxAt(whole, count & 3, p, g, m, u, beta1, oneMinusBeta1, beta2, epsilon, rate);
}

@inline
function adamaxAt(
  at: usize, lanes: i32, p: usize, g: usize, m: usize, u: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32,
  epsilon: f32, rate: f32,
): void {
  const gradient = loadLanes(g + at, lanes);
  const oldM = f32x4.mul(loadLanes(m + at, lanes), f32x4.splat(beta1));
  const nextM = f32x4.add(oldM, f32x4.mul(gradient, f32x4.splat(oneMinusBeta1)));
  const oldU = f32x4.mul(loadLanes(u + at, lanes), f32x4.splat(beta2));
  const nextU = f32x4.max(oldU, f32x4.add(f32x4.abs(gradient), f32x4.splat(epsilon)));
  descend(p + at, f32x4.div(nextM, nextU), rate, lanes);
  storeLanes(m + at, nextM, lanes);
  storeLanes(u + at, nextU, lanes);
}

/** `v = rho v + (1 - rho) g^2`, `p -= g / (sqrt(v) + epsilon) * rate`. */
export function rmsprop(
  count: i32, p: usize, g: usize, v: usize, rho: f32, oneMinusRho: f32, epsilon: f32, rate: f32,
): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) rmspropAt(at, 4, p, g, v, rho, oneMinusRho, epsilon, rate);
  if (count & 3) rmspropAt(whole, count & 3, p, g, v, rho, oneMinusRho, epsilon, rate);
}

@inline
function rmspropAt(
  at: usize, lanes: i32, p: usize, g: usize, v: usize, rho: f32, oneMinusRho: f32, epsilon: f32, rate: f32,
): void {
  const gradient = loadLanes(g + at, lanes);
  const oldV = f32x4.mul(loadLanes(v + at, lanes), f32x4.splat(rho));
  const nextV = f32x4.add(oldV, f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(oneMinusRho)));
  descend(p + at, f32x4.div(gradient, f32x4.add(f32x4.sqrt(nextV), f32x4.splat(epsilon))), rate, lanes);
  storeLanes(v + at, nextV, lanes);
}

/** `p -= g * rate`. */
export function sgd(count: i32, p: usize, g: usize, rate: f32): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) sgdAt(at, 4, p, g, rate);
  if (count & 3) sgdAt(whole, count & 3, p, g, rate);
}

@inline
function sgdAt(at: usize, lanes: i32, p: usize, g: usize, rate: f32): void {
  descend(p + at, loadLanes(g + at, lanes), rate, lanes);
}

/** `velocity = momentum velocity + g`, `p -= velocity * rate`. */
export function momentum(count: i32, p: usize, g: usize, velocity: usize, momentum: f32, rate: f32): void {
  withMomentum(false, count, p, g, velocity, momentum, rate);
}

/** `velocity = momentum velocity + g`, `p -= (g + momentum velocity) * rate`. */
export function nesterov(count: i32, p: usize, g: usize, velocity: usize, momentum: f32, rate: f32): void {
  withMomentum(true, count, p, g, velocity, momentum, rate);
}

/** Inlined, so that `ahead` is a constant in each. */
@inline
function withMomentum(ahead: bool, count: i32, p: usize, g: usize, velocity: usize, momentum: f32, rate: f32): void {
  const whole = wholeBytes(count);
  for (let at: usize = 0; at < whole; at += 16) momentumAt(at, 4, ahead, p, g, velocity, momentum, rate);
  if (count & 3) momentumAt(whole, count & 3, ahead, p, g, velocity, momentum, rate);
}

@inline
function momentumAt(
  at: usize, lanes: i32, ahead: bool, p: usize, g: usize, velocity: usize, momentum: f32, rate: f32,
): void {
  const gradient = loadLanes(g + at, lanes);
  const next = f32x4.add(f32x4.mul(loadLanes(velocity + at, lanes), f32x4.splat(momentum)), gradient);
  descend(p + at, ahead ? f32x4.add(gradient, f32x4.mul(next, f32x4.splat(momentum))) : next, rate, lanes);
  storeLanes(velocity + at, next, lanes);
}

/** `p -= direction * rate`. */
@inline
function descend(p: usize, direction: v128, rate: f32, lanes: i32): void {
  storeLanes(p, f32x4.sub(loadLanes(p, lanes), f32x4.mul(direction, f32x4.splat(rate))), lanes);
}
