import type { BinaryOperation, ClipOperation, FillOperation, UnaryOperation } from './operation.ts';
import type { OperationRule } from './operation-rule.ts';
import { ranges } from './ranges.ts';

type Counted = UnaryOperation | ClipOperation | FillOperation;

/** All but `run` of an operation on `count` numbers, each from the same place in its inputs. */
function countedRule<Kind extends Counted>(run: OperationRule<Kind>['run']): OperationRule<Kind> {
  return {
    run,
    alongBatch(operation, batch, [x]) {
      const { count } = operation;
      if (!x || count % batch !== 0) return undefined;
      return { advances: [true], take: (rows) => ({ ...operation, count: (count / batch) * rows }) };
    },
    pieces: (operation, parts) =>
      ranges(operation.count, parts, 16).map(({ from, length }) => ({
        operation: { ...operation, count: length },
        inputs: [from],
        output: from,
      })),
    cost: ({ count }) => 8 * count,
  };
}

export const unaryRule = countedRule<UnaryOperation>((nn, { operator, count, alpha }, [x], y) =>
  nn.unary(operator, count, x!, y, alpha),
);

export const clipRule = countedRule<ClipOperation>((nn, { count, low, high }, [x], y) =>
  nn.clip(count, x!, low, high, y),
);

export const fillRule = countedRule<FillOperation>((nn, { count, value }, _, y) => nn.fill(count, value, y));

export const binaryRule: OperationRule<BinaryOperation> = {
  run(nn, { operator, outer, inner, aOuter, aInner, bOuter, bInner }, [a, b], y) {
    nn.binary(operator, outer, inner, a!, aOuter, aInner, b!, bOuter, bInner, y);
  },
  alongBatch(operation, batch, carries) {
    const { outer, inner, aOuter, aInner, bOuter, bInner } = operation;
    const flat = outer === 1;
    const along = flat ? inner : outer;
    const advances = flat ? [aInner > 0, bInner > 0] : [aOuter > 0, bOuter > 0];
    if (!carries.includes(true) || along % batch !== 0) return undefined;
    // An operand with rows that is repeated along the batch would mix them.
    if (carries.some((carried, i) => carried && !advances[i])) return undefined;
    return {
      advances,
      take: (rows) => ({ ...operation, [flat ? 'inner' : 'outer']: (along / batch) * rows }),
    };
  },
  pieces(operation, count) {
    const { outer, inner, aOuter, aInner, bOuter, bInner } = operation;
    if (outer === 1) {
      return ranges(inner, count, 16).map(({ from, length }) => ({
        operation: { ...operation, inner: length },
        inputs: [from * aInner, from * bInner],
        output: from,
      }));
    }
    return ranges(outer, count, 1).map(({ from, length }) => ({
      operation: { ...operation, outer: length },
      inputs: [from * aOuter, from * bOuter],
      output: from * inner,
    }));
  },
  cost: ({ outer, inner }) => 2 * outer * inner,
};
