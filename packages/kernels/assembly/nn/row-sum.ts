import { activate, RELU } from './activation';
import { pair } from './constants';
import { keepLanes, loadLanes } from './lanes';
import { softplus } from './transcendental';

/** What `sumRow` adds up of the rows a and b: a's numbers, or what a Bernoulli's logit costs at its target. */
export const VALUE: i32 = 0;
export const BERNOULLI: i32 = 1;

@inline
function termOf(term: i32, a: usize, b: usize, lanes: i32): v128 {
  const left = loadLanes(a, lanes);
  if (term == VALUE) return left;
  const straight = f32x4.sub(activate(left, RELU, left), f32x4.mul(left, loadLanes(b, lanes)));
  return keepLanes(f32x4.add(straight, softplus(f32x4.neg(f32x4.abs(left)))), lanes);
}

/**
 * The sum of a row's terms, in an order that depends on its length alone: eight sums, of which number l adds the terms l,
 * l + 8, l + 16, ... in order, beginning from +0; then `((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7))`.
 *
 * A lane past the row adds +0, which leaves every sum as it is: no sum is ever -0, as it began from +0.
 */
@inline
export function sumRow(term: i32, count: i32, a: usize, b: usize): f32 {
  // From memory and back to it side by side, which is what V8 joins.
  const at = pair();
  v128.store(at, f32x4.splat(0)); v128.store(at, f32x4.splat(0), 16);
  let low = v128.load(at), high = v128.load(at, 16);
  for (; count >= 8; count -= 8) {
    const first = termOf(term, a, b, 4);
    const second = termOf(term, a + 16, b + 16, 4);
    low = f32x4.add(low, first);
    high = f32x4.add(high, second);
    a += 32;
    b += 32;
  }
  v128.store(at, low); v128.store(at, high, 16);
  low = v128.load(at);
  high = v128.load(at, 16);
  if (count > 0) low = f32x4.add(low, termOf(term, a, b, count));
  if (count > 4) high = f32x4.add(high, termOf(term, a + 16, b + 16, count - 4));
  const four = f32x4.add(low, high);
  const two = f32x4.add(four, v128.shuffle<f32>(four, four, 2, 3, 2, 3));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}
