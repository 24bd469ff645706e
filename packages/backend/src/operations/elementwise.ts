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

/** The first level that has more than one step: where the examples of a batch are. */
const outermost = ({ sizes }: BinaryOperation) => {
  const level = sizes.findIndex((size) => size !== 1);
  return level < 0 ? 2 : level;
};

const withSize = (operation: BinaryOperation, level: number, size: number): BinaryOperation => ({
  ...operation,
  sizes: operation.sizes.with(level, size) as unknown as BinaryOperation['sizes'],
});

export const binaryRule: OperationRule<BinaryOperation> = {
  run(nn, { operator, sizes, aStrides, bStrides }, [a, b], y) {
    nn.binary(operator, sizes, a!, aStrides, b!, bStrides, y);
  },
  alongBatch(operation, batch, carries) {
    const level = outermost(operation);
    const along = operation.sizes[level]!;
    const advances = [operation.aStrides[level]! > 0, operation.bStrides[level]! > 0];
    if (!carries.includes(true) || along % batch !== 0) return undefined;
    // An operand with rows that is repeated along the batch would mix them.
    if (carries.some((carried, i) => carried && !advances[i])) return undefined;
    return { advances, take: (rows) => withSize(operation, level, (along / batch) * rows) };
  },
  pieces(operation, count) {
    const { sizes, aStrides, bStrides } = operation;
    const level = outermost(operation);
    const within = sizes.slice(level + 1).reduce((product, size) => product * size, 1);
    return ranges(sizes[level]!, count, level === 2 ? 16 : 1).map(({ from, length }) => ({
      operation: withSize(operation, level, length),
      inputs: [from * aStrides[level]!, from * bStrides[level]!],
      output: from * within,
    }));
  },
  cost: ({ sizes: [outer, middle, inner] }) => 2 * outer * middle * inner,
};
