import type { BernoulliBackpropOperation, BernoulliFromLogitsOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { ranges } from './ranges.ts';

export const bernoulliFromLogitsRule: OperationRule<BernoulliFromLogitsOperation> = {
  run(nn, { rows, pixels }, [logits, target], nll) {
    nn.bernoulliFromLogits(rows, pixels, logits!, target!, nll);
  },
  alongBatch: (operation, batch, carries) => cutRows(operation, batch, carries),
  pieces: (operation, count) =>
    ranges(operation.rows, count, 1).map(({ from, length }) => ({
      operation: { ...operation, rows: length },
      inputs: [from * operation.pixels, from * operation.pixels],
      output: from,
    })),
  cost: ({ rows, pixels }) => 13 * rows * pixels,
};

export const bernoulliBackpropRule: OperationRule<BernoulliBackpropOperation> = {
  run(nn, { rows, pixels }, [logits, target, upstream], dLogits) {
    nn.bernoulliBackprop(rows, pixels, logits!, target!, upstream!, dLogits);
  },
  alongBatch: (operation, batch, carries) => cutRows(operation, batch, carries),
  pieces: (operation, count) =>
    ranges(operation.rows, count, 1).map(({ from, length }) => ({
      operation: { ...operation, rows: length },
      inputs: [from * operation.pixels, from * operation.pixels, from],
      output: from * operation.pixels,
    })),
  cost: ({ rows, pixels }) => 12 * rows * pixels,
};

/** Every input has a row, or a number, for each row of the output. */
function cutRows(
  operation: BernoulliFromLogitsOperation | BernoulliBackpropOperation,
  batch: number,
  carries: readonly boolean[],
) {
  if (!carries.includes(true) || operation.rows % batch !== 0) return undefined;
  return {
    advances: carries.map(() => true),
    take: (rows: number) => ({ ...operation, rows: (operation.rows / batch) * rows }),
  };
}
