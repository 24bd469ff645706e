// Constants of transcendental.ts, in a few bytes of memory that an instance is given once. Read from there, four lanes are one
// instruction, and V8 joins two of them to eight; a constant vector it builds anew at each use, in three instructions and through
// an integer register, and a variable of the module keeps it from joining what reads it.
//
// The polynomials are those of Moshier's Cephes, single/expf.c and single/logf.c: EXP_2 multiplies r^2, LOG_3 f^3.
export const ONE: usize = 0;
export const HALF: usize = 4;
export const TWO: usize = 8;
export const TWO_TO_23: usize = 12;
export const SMALLEST_NORMAL: usize = 16;
export const INFINITE: usize = 20;
export const LOG2_E: usize = 24;
export const LN2_HIGH: usize = 28; // 15 bits, so that its product with an exponent is exact
export const LN2_LOW: usize = 32; // the rest of ln 2
export const ROUND: usize = 36; // 1.5 * 2^23: adding it leaves the nearest whole number in the last bits
export const EXP_HIGHEST: usize = 40; // infinity from here on
export const EXP_LOWEST: usize = 44; // 0 from here down
export const EXPM1_LOWEST: usize = 48; // -1 from here down
export const TINY: usize = 52; // 2^-24
export const EXP_2: usize = 56;
export const EXP_3: usize = 60;
export const EXP_4: usize = 64;
export const EXP_5: usize = 68;
export const EXP_6: usize = 72;
export const EXP_7: usize = 76;
export const LOG_3: usize = 80;
export const LOG_4: usize = 84;
export const LOG_5: usize = 88;
export const LOG_6: usize = 92;
export const LOG_7: usize = 96;
export const LOG_8: usize = 100;
export const LOG_9: usize = 104;
export const LOG_10: usize = 108;
export const LOG_11: usize = 112;
export const BIAS: usize = 116; // of the exponent in a float32
export const LARGEST_SCALE: usize = 120;
export const SQRT_HALF: usize = 124; // the bits of sqrt(1/2)
export const SIGN: usize = 128;
const PAIR: usize = 160;

let room: usize = 0;

/** Bytes that `giveRoom` is given. */
export function roomBytes(): usize {
  return PAIR + 32;
}

/** Puts the constants into memory that no other instance uses. */
export function giveRoom(to: usize): void {
  room = to;
  store<f32>(to, 1, ONE);
  store<f32>(to, 0.5, HALF);
  store<f32>(to, 2, TWO);
  store<f32>(to, 8388608, TWO_TO_23);
  store<f32>(to, 1.17549435e-38, SMALLEST_NORMAL);
  store<f32>(to, Infinity, INFINITE);
  store<f32>(to, 1.44269504088896341, LOG2_E);
  store<f32>(to, 0.693145751953125, LN2_HIGH);
  store<f32>(to, 1.42860682030941723e-6, LN2_LOW);
  store<f32>(to, 12582912, ROUND);
  store<f32>(to, 89, EXP_HIGHEST);
  store<f32>(to, -104, EXP_LOWEST);
  store<f32>(to, -20, EXPM1_LOWEST);
  store<f32>(to, 5.9604644775390625e-8, TINY);
  store<f32>(to, 5.0000001201e-1, EXP_2);
  store<f32>(to, 1.6666665459e-1, EXP_3);
  store<f32>(to, 4.1665795894e-2, EXP_4);
  store<f32>(to, 8.3334519073e-3, EXP_5);
  store<f32>(to, 1.3981999507e-3, EXP_6);
  store<f32>(to, 1.9875691500e-4, EXP_7);
  store<f32>(to, 3.3333331174e-1, LOG_3);
  store<f32>(to, -2.4999993993e-1, LOG_4);
  store<f32>(to, 2.0000714765e-1, LOG_5);
  store<f32>(to, -1.6668057665e-1, LOG_6);
  store<f32>(to, 1.4249322787e-1, LOG_7);
  store<f32>(to, -1.2420140846e-1, LOG_8);
  store<f32>(to, 1.1676998740e-1, LOG_9);
  store<f32>(to, -1.1514610310e-1, LOG_10);
  store<f32>(to, 7.0376836292e-2, LOG_11);
  store<u32>(to, 127, BIAS);
  store<u32>(to, 126, LARGEST_SCALE);
  store<u32>(to, 0x3f3504f3, SQRT_HALF);
  store<u32>(to, 0x80000000, SIGN);
}

/** A constant in all lanes. */
@inline
export function all(constant: usize): v128 {
  return v128.load32_splat(room + constant);
}

/** Room for two vectors side by side: V8 joins what comes from, or goes to, one place. */
@inline
export function pair(): usize {
  return room + PAIR;
}
