import { activate } from './activation';

// What follows the product under way. Globals of the module, as in geometry.ts: a call sets them before its loops.
export let bias: usize = 0;
export let activation: i32 = 0;
export let alpha: f32 = 0;

/** `bias` is one number for each column, or 0 for none; `alpha` is LeakyReLU's slope. */
export function setEpilogue(bias_: usize, activation_: i32, alpha_: f32): void {
  bias = bias_; activation = activation_; alpha = alpha_;
}

/** The epilogue as a pass of its own over `rows x columns` dense numbers. */
export function finishRows(at: usize, rows: i32, columns: i32): void {
  if (!bias && !activation) return;
  const slope = f32x4.splat(alpha);
  for (; rows > 0; rows--) {
    let j = 0;
    for (; j + 4 <= columns; j += 4) {
      let x = v128.load(at);
      if (bias) x = f32x4.add(x, v128.load(bias + (<usize>j << 2)));
      v128.store(at, activate(x, activation, slope));
      at += 16;
    }
    for (; j < columns; j++) {
      let x = v128.load32_splat(at);
      if (bias) x = f32x4.add(x, v128.load32_splat(bias + (<usize>j << 2)));
      v128.store_lane<f32>(at, activate(x, activation, slope), 0);
      at += 4;
    }
  }
}
