import { HASH_1, HASH_2 } from './constants';

/**
 * Four whole numbers of [0, limit), one for each counter: a hash of counter and key, times the limit, over 2^32. The
 * multipliers are those of Chris Wellons' lowbias32 (hash-prospector).
 */
@inline
export function draw(counter: v128, key0: v128, key1: v128, limit: v128): v128 {
  let h = v128.xor(counter, key0);
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), HASH_1);
  h = i32x4.add(v128.xor(h, i32x4.shr_u(h, 15)), key1);
  h = i32x4.mul(h, HASH_2);
  h = v128.xor(h, i32x4.shr_u(h, 16));
  const low = i64x2.extmul_low_i32x4_u(h, limit);
  const high = i64x2.extmul_high_i32x4_u(h, limit);
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}
