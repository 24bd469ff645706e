import { describe, it } from 'vitest';
import { expectSameNumbers } from '../testing/expect-same-numbers.ts';
import { createKernelBench } from '../testing/kernel-bench.ts';
import { randomNumbers } from '../testing/random-numbers.ts';
import { RAGGED_COUNTS, SPECIAL_NUMBERS } from '../testing/special-numbers.ts';

const bench = await createKernelBench();
const { nn } = bench;
const ROWS = 3;

/** `[ROWS, columns]` operands: random ones at every ragged width, and the special numbers against each other. */
function* operands(): Generator<[columns: number, a: Float32Array, b: Float32Array]> {
  for (const columns of [...RAGGED_COUNTS, 784]) {
    yield [columns, randomNumbers(ROWS * columns, 1), randomNumbers(ROWS * columns, 2)];
  }
  const columns = SPECIAL_NUMBERS.length;
  for (let shift = 0; shift < columns; shift++) {
    const turned = Float32Array.from({ length: columns }, (_, i) => SPECIAL_NUMBERS[(i + shift) % columns]!);
    const numbers = randomNumbers(columns, 3);
    yield [
      columns,
      Float32Array.of(...SPECIAL_NUMBERS, ...turned, ...numbers),
      Float32Array.of(...turned, ...numbers, ...SPECIAL_NUMBERS),
    ];
  }
}

/** Binary operation on dense operands of `count` numbers. */
const dense = (operation: Parameters<typeof nn.binary>[0], count: number, a: number, b: number, y: number) =>
  nn.binary(operation, [1, 1, count], a, [0, 0, 1], b, [0, 0, 1], y);

/** Runs `compute` with two operands off the alignment, and `count` numbers of scratch. */
function withOperands(
  a: Float32Array,
  b: Float32Array,
  count: number,
  compute: (a: number, b: number, y: number, scratch: number) => void,
): Float32Array {
  const [aAt, bAt] = [bench.put(Float32Array.of(0, ...a)) + 4, bench.put(b)];
  const scratch = bench.put(new Float32Array(a.length));
  return bench.take(count, (y) => compute(aAt, bAt, y, scratch));
}

describe('fused passes are their kernels one after the other, bit for bit:', () => {
  it('bernoulliFromLogits', () => {
    for (const [columns, logits, target] of operands()) {
      const n = ROWS * columns;
      const fused = withOperands(logits, target, ROWS, (l, x, y) =>
        nn.bernoulliFromLogits(ROWS, columns, l, x, y),
      );
      const composed = withOperands(logits, target, ROWS, (l, x, y, scratch) => {
        const rest = bench.put(logits);
        nn.unary('relu', n, l, scratch);
        dense('mul', n, l, x, rest);
        dense('sub', n, scratch, rest, scratch);
        nn.unary('abs', n, l, rest);
        nn.unary('neg', n, rest, rest);
        nn.unary('softplus', n, rest, rest);
        dense('add', n, scratch, rest, scratch);
        nn.sum(ROWS, columns, 1, scratch, y);
      });
      expectSameNumbers(fused, composed, `${columns} columns`);
    }
  });

  it('bernoulliBackprop', () => {
    for (const [columns, logits, target] of operands()) {
      const n = ROWS * columns;
      const upstream = () => bench.put(Float32Array.of(1, -0.3, 1 / 256));
      const fused = withOperands(logits, target, n, (l, x, y) =>
        nn.bernoulliBackprop(ROWS, columns, l, x, upstream(), y),
      );
      const composed = withOperands(logits, target, n, (l, x, y, scratch) => {
        nn.unary('sigmoid', n, l, scratch);
        dense('sub', n, scratch, x, scratch);
        nn.binary('mul', [1, ROWS, columns], scratch, [0, columns, 1], upstream(), [0, 1, 0], y);
      });
      expectSameNumbers(fused, composed, `${columns} columns`);
    }
  });
});
