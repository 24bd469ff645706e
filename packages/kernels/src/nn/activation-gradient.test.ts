import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';

const bench = await createKernelBench();
const { nn } = bench;
const ALPHAS = [0, 0.2, -0.5, 1];

/** Random operands at every ragged count, and every pair of special numbers. */
function* operands(): Generator<[dy: Float32Array, y: Float32Array]> {
  for (const count of RAGGED_COUNTS) yield [randomNumbers(count, 1), randomNumbers(count, 2)];
  const count = SPECIAL_NUMBERS.length;
  for (let shift = 0; shift < count; shift++) {
    yield [
      SPECIAL_NUMBERS,
      Float32Array.from(SPECIAL_NUMBERS, (_, i) => SPECIAL_NUMBERS[(i + shift) % count]!),
    ];
  }
}

function composed(dy: Float32Array, y: Float32Array, alpha: number): Float32Array {
  const count = dy.length;
  const [a, b] = [bench.put(dy), bench.put(y)];
  return bench.take(count, (out) => {
    nn.unary('step', count, b, out, alpha);
    nn.binary('mul', [1, 1, count], a, [0, 0, 1], out, [0, 0, 1], out);
  });
}

describe('activationGradient', () => {
  it.each(ALPHAS)('gives the bits of step and mul, with slope %s', (alpha) => {
    for (const [dy, y] of operands()) {
      const [a, b] = [bench.put(Float32Array.of(0, ...dy)) + 4, bench.put(y)];
      const fused = bench.take(dy.length, (out) => nn.activationGradient(dy.length, a, b, alpha, out));
      expectSameNumbers(fused, composed(dy, y, alpha), `${dy.length} numbers`);
    }
  });

  it.each(['dy', 'y'])('may write over %s', (operand) => {
    for (const [dy, y] of operands()) {
      const count = dy.length;
      const other = bench.put(operand === 'dy' ? y : dy);
      const own = bench.put(operand === 'dy' ? dy : y);
      const inPlace = bench.take(count, (out) => {
        nn.unary('copy', count, own, out);
        if (operand === 'dy') nn.activationGradient(count, out, other, 0.2, out);
        else nn.activationGradient(count, other, out, 0.2, out);
      });
      expectSameNumbers(inPlace, composed(dy, y, 0.2), `${count} numbers`);
    }
  });
});
