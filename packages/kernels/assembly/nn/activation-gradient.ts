import { loadLanes, storeLanes } from './lanes';

/** `dy * (y > 0 ? 1 : alpha)` lane by lane, and NaN where y is NaN: step as `unary` has it, then the product. */
@inline
function gradientAt(dy: v128, y: v128, alpha: v128): v128 {
  const step = v128.bitselect(f32x4.splat(1), alpha, f32x4.gt(y, f32x4.splat(0)));
  return f32x4.mul(dy, v128.bitselect(step, y, f32x4.eq(y, y)));
}

/** Gradient of ReLU (alpha 0) or LeakyReLU from its output y: `out[i] = dy[i] * step(y[i], alpha)`; out may be dy or y. */
export function activationGradient(count: i32, dy: usize, y: usize, alpha: f32, out: usize): void {
  const slope = f32x4.splat(alpha);
  for (; count >= 8; count -= 8) {
    const low = gradientAt(v128.load(dy), v128.load(y), slope);
    const high = gradientAt(v128.load(dy, 16), v128.load(y, 16), slope);
    v128.store(out, low);
    v128.store(out, high, 16);
    dy += 32;
    y += 32;
    out += 32;
  }
  for (; count > 0; count -= 4) {
    storeLanes(out, gradientAt(loadLanes(dy, count), loadLanes(y, count), slope), count);
    dy += 16;
    y += 16;
    out += 16;
  }
}
