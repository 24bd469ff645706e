/** What a product's epilogue applies after the bias. The numbers are the ABI: src/nn.ts holds the same table. */
export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const LEAKY_RELU: i32 = 2;

/** `activation(x)` lane by lane; `alpha` is the slope below zero of LeakyReLU. NaN stays NaN. */
@inline
export function activate(x: v128, activation: i32, alpha: v128): v128 {
  if (activation == RELU) return rectify(x);
  if (activation == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, f32x4.splat(0)));
  return x;
}

/**
 * The larger of `x` and +0. `f32x4.max` is that, too, in eight instructions, as processors have another idea of NaN and of zeros; `x < 0 ? 0 : x` is
 * one, which leaves NaN and -0, and the sum makes +0 of -0.
 */
@inline
export function rectify(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(0));
}
