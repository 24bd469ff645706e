// Constants as variables of the module: V8 builds a constant vector anew at each use, in three instructions, but reads a
// variable in one (as in assembly/nn/constants.ts).
//
// LOG_1 to LOG_6 are log2(1 + f) / f for 1 + f in [sqrt(1/2), sqrt(2)), EXP_1 to EXP_4 are (2^r - 1) / r for |r| <= 1/2:
// minimax fits by Lawson's reweighting (relative errors 2.2e-6 and 2.7e-6).
export let ONE: v128 = f32x4(1, 1, 1, 1);
export let SQRT_HALF: v128 = i32x4(0x3f3504f3, 0x3f3504f3, 0x3f3504f3, 0x3f3504f3); // the bits of sqrt(1/2)
export let LOG_1: v128 = f32x4(1.4427133798599243, 1.4427133798599243, 1.4427133798599243, 1.4427133798599243);
export let LOG_2: v128 = f32x4(-0.7211322784423828, -0.7211322784423828, -0.7211322784423828, -0.7211322784423828);
export let LOG_3: v128 = f32x4(0.47934967279434204, 0.47934967279434204, 0.47934967279434204, 0.47934967279434204);
export let LOG_4: v128 = f32x4(-0.3674837350845337, -0.3674837350845337, -0.3674837350845337, -0.3674837350845337);
export let LOG_5: v128 = f32x4(0.3221430480480194, 0.3221430480480194, 0.3221430480480194, 0.3221430480480194);
export let LOG_6: v128 = f32x4(-0.20660528540611267, -0.20660528540611267, -0.20660528540611267, -0.20660528540611267);
export let EXP_1: v128 = f32x4(0.6931215524673462, 0.6931215524673462, 0.6931215524673462, 0.6931215524673462);
export let EXP_2: v128 = f32x4(0.24022021889686584, 0.24022021889686584, 0.24022021889686584, 0.24022021889686584);
export let EXP_3: v128 = f32x4(0.05591946467757225, 0.05591946467757225, 0.05591946467757225, 0.05591946467757225);
export let EXP_4: v128 = f32x4(0.009681896306574345, 0.009681896306574345, 0.009681896306574345, 0.009681896306574345);
export let EXP_HIGHEST: v128 = f32x4(60, 60, 60, 60);
export let EXP_LOWEST: v128 = f32x4(-60, -60, -60, -60);
export let ROUND: v128 = f32x4(12582912, 12582912, 12582912, 12582912); // 1.5 * 2^23: adding it leaves the nearest whole number in the last bits
export let MOST: v128 = f32x4(4, 4, 4, 4); // a gradient is held to this in each coordinate
export let MINUS_MOST: v128 = f32x4(-4, -4, -4, -4);
export let SOFTENING: v128 = f32x4(0.001, 0.001, 0.001, 0.001); // keeps the repulsion of places that almost coincide finite
export let NEAREST: v128 = f32x4(1e-12, 1e-12, 1e-12, 1e-12); // squared distances below it attract as if they were it: the power of 0 would be infinite
export let HASH_1: v128 = i32x4(0x7feb352d, 0x7feb352d, 0x7feb352d, 0x7feb352d);
export let HASH_2: v128 = i32x4(0x846ca68b, 0x846ca68b, 0x846ca68b, 0x846ca68b);

/** Leaves the constants as they are; the compiler makes constants of variables that nothing assigns. */
export function keepVariable(): void {
  ONE = same(ONE);
  SQRT_HALF = same(SQRT_HALF);
  LOG_1 = same(LOG_1);
  LOG_2 = same(LOG_2);
  LOG_3 = same(LOG_3);
  LOG_4 = same(LOG_4);
  LOG_5 = same(LOG_5);
  LOG_6 = same(LOG_6);
  EXP_1 = same(EXP_1);
  EXP_2 = same(EXP_2);
  EXP_3 = same(EXP_3);
  EXP_4 = same(EXP_4);
  EXP_HIGHEST = same(EXP_HIGHEST);
  EXP_LOWEST = same(EXP_LOWEST);
  ROUND = same(ROUND);
  MOST = same(MOST);
  MINUS_MOST = same(MINUS_MOST);
  SOFTENING = same(SOFTENING);
  NEAREST = same(NEAREST);
  HASH_1 = same(HASH_1);
  HASH_2 = same(HASH_2);
}

@inline
function same(x: v128): v128 {
  return v128.and(x, i32x4.splat(-1));
}
