import type { ActivationGradientOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { ranges } from './ranges.ts';

export const activationGradientRule: OperationRule<ActivationGradientOperation> = {
  run(nn, { count, alpha }, [dy, y], output) {
    nn.activationGradient(count, dy!, y!, alpha, output);
  },
  alongBatch(operation, batch, carries) {
    const { count } = operation;
    if (!carries.includes(true) || count % batch !== 0) return undefined;
    return { advances: [true, true], take: (rows) => ({ ...operation, count: (count / batch) * rows }) };
  },
  pieces: (operation, parts) =>
    ranges(operation.count, parts, 16).map(({ from, length }) => ({
      operation: { ...operation, count: length },
      inputs: [from, from],
      output: from,
    })),
  cost: ({ count }) => 4 * count,
};
