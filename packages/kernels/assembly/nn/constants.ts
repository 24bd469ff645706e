// Constants of transcendental.ts, as variables of the module: V8 builds a constant vector anew at each use, in three
// instructions and through an integer register, but reads a variable in one. It halves the time of every function there.
//
// The polynomials are those of Moshier's Cephes, single/expf.c and single/logf.c: EXP_2 multiplies r^2, LOG_3 f^3.
export let ONE: v128 = f32x4(1, 1, 1, 1);
export let HALF: v128 = f32x4(0.5, 0.5, 0.5, 0.5);
export let TWO: v128 = f32x4(2, 2, 2, 2);
export let TWO_TO_23: v128 = f32x4(8388608, 8388608, 8388608, 8388608);
export let SMALLEST_NORMAL: v128 = f32x4(1.17549435e-38, 1.17549435e-38, 1.17549435e-38, 1.17549435e-38);
export let INFINITE: v128 = f32x4(Infinity, Infinity, Infinity, Infinity);
export let LOG2_E: v128 = f32x4(1.44269504088896341, 1.44269504088896341, 1.44269504088896341, 1.44269504088896341);
export let LN2_HIGH: v128 = f32x4(0.693145751953125, 0.693145751953125, 0.693145751953125, 0.693145751953125); // 15 bits, so that its product with an exponent is exact
export let LN2_LOW: v128 = f32x4(1.42860682030941723e-6, 1.42860682030941723e-6, 1.42860682030941723e-6, 1.42860682030941723e-6); // the rest of ln 2
export let ROUND: v128 = f32x4(12582912, 12582912, 12582912, 12582912); // 1.5 * 2^23: adding it leaves the nearest whole number in the last bits
export let EXP_HIGHEST: v128 = f32x4(89, 89, 89, 89); // infinity from here on
export let EXP_LOWEST: v128 = f32x4(-104, -104, -104, -104); // 0 from here down
export let EXPM1_LOWEST: v128 = f32x4(-20, -20, -20, -20); // -1 from here down
export let TINY: v128 = f32x4(5.9604644775390625e-8, 5.9604644775390625e-8, 5.9604644775390625e-8, 5.9604644775390625e-8); // 2^-24
export let EXP_2: v128 = f32x4(5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1);
export let EXP_3: v128 = f32x4(1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1);
export let EXP_4: v128 = f32x4(4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2);
export let EXP_5: v128 = f32x4(8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3);
export let EXP_6: v128 = f32x4(1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3);
export let EXP_7: v128 = f32x4(1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4, 1.9875691500e-4);
export let LOG_3: v128 = f32x4(3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1, 3.3333331174e-1);
export let LOG_4: v128 = f32x4(-2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1, -2.4999993993e-1);
export let LOG_5: v128 = f32x4(2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1, 2.0000714765e-1);
export let LOG_6: v128 = f32x4(-1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1, -1.6668057665e-1);
export let LOG_7: v128 = f32x4(1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1, 1.4249322787e-1);
export let LOG_8: v128 = f32x4(-1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1, -1.2420140846e-1);
export let LOG_9: v128 = f32x4(1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1, 1.1676998740e-1);
export let LOG_10: v128 = f32x4(-1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1, -1.1514610310e-1);
export let LOG_11: v128 = f32x4(7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2, 7.0376836292e-2);
export let BIAS: v128 = i32x4(127, 127, 127, 127); // of the exponent in a float32
export let LARGEST_SCALE: v128 = i32x4(126, 126, 126, 126);
export let SQRT_HALF: v128 = i32x4(0x3f3504f3, 0x3f3504f3, 0x3f3504f3, 0x3f3504f3); // the bits of sqrt(1/2)
export let SIGN: v128 = i32x4(0x80000000, 0x80000000, 0x80000000, 0x80000000);

/** Leaves the constants as they are; the compiler makes constants of variables that nothing assigns. */
export function keepVariable(): void {
  ONE = same(ONE);
  HALF = same(HALF);
  TWO = same(TWO);
  TWO_TO_23 = same(TWO_TO_23);
  SMALLEST_NORMAL = same(SMALLEST_NORMAL);
  INFINITE = same(INFINITE);
  LOG2_E = same(LOG2_E);
  LN2_HIGH = same(LN2_HIGH);
  LN2_LOW = same(LN2_LOW);
  ROUND = same(ROUND);
  EXP_HIGHEST = same(EXP_HIGHEST);
  EXP_LOWEST = same(EXP_LOWEST);
  EXPM1_LOWEST = same(EXPM1_LOWEST);
  TINY = same(TINY);
  EXP_2 = same(EXP_2);
  EXP_3 = same(EXP_3);
  EXP_4 = same(EXP_4);
  EXP_5 = same(EXP_5);
  EXP_6 = same(EXP_6);
  EXP_7 = same(EXP_7);
  LOG_3 = same(LOG_3);
  LOG_4 = same(LOG_4);
  LOG_5 = same(LOG_5);
  LOG_6 = same(LOG_6);
  LOG_7 = same(LOG_7);
  LOG_8 = same(LOG_8);
  LOG_9 = same(LOG_9);
  LOG_10 = same(LOG_10);
  LOG_11 = same(LOG_11);
  BIAS = same(BIAS);
  LARGEST_SCALE = same(LARGEST_SCALE);
  SQRT_HALF = same(SQRT_HALF);
  SIGN = same(SIGN);
}

@inline
function same(x: v128): v128 {
  return v128.and(x, i32x4.splat(-1));
}
