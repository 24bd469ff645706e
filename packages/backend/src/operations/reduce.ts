import type { ReduceOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { ranges } from './ranges.ts';

export const reduceRule: OperationRule<ReduceOperation> = {
  run(nn, { kind, outer, reduce, inner }, [x], y) {
    nn[kind](outer, reduce, inner, x!, y);
  },
  alongBatch(operation, batch, [x]) {
    const { outer } = operation;
    if (!x || outer % batch !== 0) return undefined;
    return { advances: [true], take: (rows) => ({ ...operation, outer: (outer / batch) * rows }) };
  },
  pieces(operation, count) {
    const { outer, reduce, inner } = operation;
    return ranges(outer, count, 1).map(({ from, length }) => ({
      operation: { ...operation, outer: length },
      inputs: [from * reduce * inner],
      output: from * inner,
    }));
  },
  cost: ({ outer, reduce, inner }) => outer * reduce * inner,
};
