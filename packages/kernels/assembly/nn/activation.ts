/** What a product's epilogue applies after the bias. The numbers are the ABI: src/nn.ts holds the same table. */
export const LINEAR: i32 = 0;
export const RELU: i32 = 1;
export const LEAKY_RELU: i32 = 2;

/** `activation(x)` lane by lane; `alpha` is the slope below zero of LeakyReLU. NaN stays NaN. */
@inline
export function activate(x: v128, activation: i32, alpha: v128): v128 {
  if (activation == RELU) return f32x4.max(x, f32x4.splat(0));
  if (activation == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, f32x4.splat(0)));
  return x;
}
