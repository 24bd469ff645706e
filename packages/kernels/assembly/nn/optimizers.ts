// Each update is the sequence of float32 operations of the optimizer of its name in @latentkit/trainers, rounded after
// every one of them. Parameters and slots are updated in place. Vectors go in pairs stored side by side, which V8 joins.
import { loadLanes, storeLanes } from './lanes';

/** `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`, `p -= m / (sqrt(v) / correctionV + epsilon) * rate`. */
export function adam(
  count: i32, p: usize, g: usize, m: usize, v: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32,
  oneMinusBeta2: f32, correctionV: f32, epsilon: f32, rate: f32,
): void {
  const decayM = f32x4.splat(beta1), shareM = f32x4.splat(oneMinusBeta1);
  const decayV = f32x4.splat(beta2), shareV = f32x4.splat(oneMinusBeta2);
  const correction = f32x4.splat(correctionV), least = f32x4.splat(epsilon), step = f32x4.splat(rate);
  for (; count >= 8; count -= 8) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const m0 = moment(v128.load(m), decayM, g0, shareM), m1 = moment(v128.load(m, 16), decayM, g1, shareM);
    const v0 = moment(v128.load(v), decayV, f32x4.mul(g0, g0), shareV);
    const v1 = moment(v128.load(v, 16), decayV, f32x4.mul(g1, g1), shareV);
    const p0 = descend(v128.load(p), adamDirection(m0, v0, correction, least), step);
    const p1 = descend(v128.load(p, 16), adamDirection(m1, v1, correction, least), step);
    v128.store(m, m0); v128.store(m, m1, 16);
    v128.store(v, v0); v128.store(v, v1, 16);
    v128.store(p, p0); v128.store(p, p1, 16);
    p += 32; g += 32; m += 32; v += 32;
  }
  for (; count > 0; count -= 4) {
    const gradient = loadLanes(g, count);
    const nextM = moment(loadLanes(m, count), decayM, gradient, shareM);
    const nextV = moment(loadLanes(v, count), decayV, f32x4.mul(gradient, gradient), shareV);
    storeLanes(p, descend(loadLanes(p, count), adamDirection(nextM, nextV, correction, least), step), count);
    storeLanes(m, nextM, count);
    storeLanes(v, nextV, count);
    p += 16; g += 16; m += 16; v += 16;
  }
}

@inline
function adamDirection(m: v128, v: v128, correction: v128, least: v128): v128 {
  return f32x4.div(m, f32x4.add(f32x4.div(f32x4.sqrt(v), correction), least));
}

/** `m = beta1 m + (1 - beta1) g`, `u = max(beta2 u, |g| + epsilon)`, `p -= m / u * rate`. */
export function adamax(
  count: i32, p: usize, g: usize, m: usize, u: usize, beta1: f32, oneMinusBeta1: f32, beta2: f32, epsilon: f32,
  rate: f32,
): void {
  const decayM = f32x4.splat(beta1), shareM = f32x4.splat(oneMinusBeta1), decayU = f32x4.splat(beta2);
  const least = f32x4.splat(epsilon), step = f32x4.splat(rate);
  for (; count >= 8; count -= 8) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const m0 = moment(v128.load(m), decayM, g0, shareM), m1 = moment(v128.load(m, 16), decayM, g1, shareM);
    const u0 = f32x4.max(f32x4.mul(v128.load(u), decayU), f32x4.add(f32x4.abs(g0), least));
    const u1 = f32x4.max(f32x4.mul(v128.load(u, 16), decayU), f32x4.add(f32x4.abs(g1), least));
    const p0 = descend(v128.load(p), f32x4.div(m0, u0), step);
    const p1 = descend(v128.load(p, 16), f32x4.div(m1, u1), step);
    v128.store(m, m0); v128.store(m, m1, 16);
    v128.store(u, u0); v128.store(u, u1, 16);
    v128.store(p, p0); v128.store(p, p1, 16);
    p += 32; g += 32; m += 32; u += 32;
  }
  for (; count > 0; count -= 4) {
    const gradient = loadLanes(g, count);
    const nextM = moment(loadLanes(m, count), decayM, gradient, shareM);
    const nextU = f32x4.max(f32x4.mul(loadLanes(u, count), decayU), f32x4.add(f32x4.abs(gradient), least));
    storeLanes(p, descend(loadLanes(p, count), f32x4.div(nextM, nextU), step), count);
    storeLanes(m, nextM, count);
    storeLanes(u, nextU, count);
    p += 16; g += 16; m += 16; u += 16;
  }
}

/** `v = rho v + (1 - rho) g^2`, `p -= g / (sqrt(v) + epsilon) * rate`. */
export function rmsprop(
  count: i32, p: usize, g: usize, v: usize, rho: f32, oneMinusRho: f32, epsilon: f32, rate: f32,
): void {
  const decay = f32x4.splat(rho), share = f32x4.splat(oneMinusRho);
  const least = f32x4.splat(epsilon), step = f32x4.splat(rate);
  for (; count >= 8; count -= 8) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const v0 = moment(v128.load(v), decay, f32x4.mul(g0, g0), share);
    const v1 = moment(v128.load(v, 16), decay, f32x4.mul(g1, g1), share);
    const p0 = descend(v128.load(p), f32x4.div(g0, f32x4.add(f32x4.sqrt(v0), least)), step);
    const p1 = descend(v128.load(p, 16), f32x4.div(g1, f32x4.add(f32x4.sqrt(v1), least)), step);
    v128.store(v, v0); v128.store(v, v1, 16);
    v128.store(p, p0); v128.store(p, p1, 16);
    p += 32; g += 32; v += 32;
  }
  for (; count > 0; count -= 4) {
    const gradient = loadLanes(g, count);
    const nextV = moment(loadLanes(v, count), decay, f32x4.mul(gradient, gradient), share);
    storeLanes(p, descend(loadLanes(p, count), f32x4.div(gradient, f32x4.add(f32x4.sqrt(nextV), least)), step), count);
    storeLanes(v, nextV, count);
    p += 16; g += 16; v += 16;
  }
}

/** `p -= g * rate`. */
export function sgd(count: i32, p: usize, g: usize, rate: f32): void {
  const step = f32x4.splat(rate);
  for (; count >= 8; count -= 8) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const p0 = descend(v128.load(p), g0, step);
    const p1 = descend(v128.load(p, 16), g1, step);
    v128.store(p, p0); v128.store(p, p1, 16);
    p += 32; g += 32;
  }
  for (; count > 0; count -= 4) {
    const gradient = loadLanes(g, count);
    storeLanes(p, descend(loadLanes(p, count), gradient, step), count);
    p += 16; g += 16;
  }
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
  const decay = f32x4.splat(momentum), step = f32x4.splat(rate);
  for (; count >= 8; count -= 8) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    const velocity0 = f32x4.add(f32x4.mul(v128.load(velocity), decay), g0);
    const velocity1 = f32x4.add(f32x4.mul(v128.load(velocity, 16), decay), g1);
    const p0 = descend(v128.load(p), momentumDirection(ahead, g0, velocity0, decay), step);
    const p1 = descend(v128.load(p, 16), momentumDirection(ahead, g1, velocity1, decay), step);
    v128.store(velocity, velocity0); v128.store(velocity, velocity1, 16);
    v128.store(p, p0); v128.store(p, p1, 16);
    p += 32; g += 32; velocity += 32;
  }
  for (; count > 0; count -= 4) {
    const gradient = loadLanes(g, count);
    const next = f32x4.add(f32x4.mul(loadLanes(velocity, count), decay), gradient);
    storeLanes(p, descend(loadLanes(p, count), momentumDirection(ahead, gradient, next, decay), step), count);
    storeLanes(velocity, next, count);
    p += 16; g += 16; velocity += 16;
  }
}

@inline
function momentumDirection(ahead: bool, gradient: v128, velocity: v128, decay: v128): v128 {
  return ahead ? f32x4.add(gradient, f32x4.mul(velocity, decay)) : velocity;
}

/** `decay * old + share * x`. */
@inline
function moment(old: v128, decay: v128, x: v128, share: v128): v128 {
  return f32x4.add(f32x4.mul(old, decay), f32x4.mul(x, share));
}

/** `p - direction * rate`. */
@inline
function descend(p: v128, direction: v128, rate: v128): v128 {
  return f32x4.sub(p, f32x4.mul(direction, rate));
}
