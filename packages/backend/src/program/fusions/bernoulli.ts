import type { UnaryOperation } from '../../operations/operation.ts';
import { eitherOrder, type Fusion, inputOf, operandsOf } from './fusion.ts';

/** `sum((relu(l) - l x) + softplus(-|l|))` of each row: the kernel of it adds up in the same order. */
export const fuseBernoulli: Fusion = ({ operation, inputs }, makerOf) => {
  if (operation.kind !== 'sum' || operation.inner !== 1) return undefined;
  const terms = operandsOf(makerOf(inputs[0]!), 'add');
  if (!terms) return undefined;
  const straight = operandsOf(makerOf(terms[0]), 'sub');
  const factors = straight && operandsOf(makerOf(straight[1]), 'mul');
  const logits = straight && inputOf(makerOf(straight[0]), 'relu');
  if (!factors || logits !== through(['softplus', 'neg', 'abs'], terms[1], makerOf)) return undefined;
  const match = eitherOrder(factors).find(([l]) => l === logits);
  return (
    match && {
      operation: { kind: 'bernoulliFromLogits', rows: operation.outer, pixels: operation.reduce },
      inputs: match,
    }
  );
};

/** What goes through these unary operations, of which the first is the last. */
function through(
  operators: readonly UnaryOperation['operator'][],
  value: number,
  makerOf: Parameters<Fusion>[1],
): number | undefined {
  return operators.reduce<number | undefined>(
    (at, operator) => (at === undefined ? at : inputOf(makerOf(at), operator)),
    value,
  );
}

/** `(sigmoid(l) - x) u`, where u is a column. */
export const fuseBernoulliGradient: Fusion = ({ operation, inputs }, makerOf) => {
  if (operation.kind !== 'binary' || operation.operator !== 'mul') return undefined;
  const [outer, rows, pixels] = operation.sizes;
  if (outer !== 1) return undefined;
  const [a, b] = [
    { value: inputs[0]!, strides: operation.aStrides },
    { value: inputs[1]!, strides: operation.bStrides },
  ];
  for (const [matrix, column] of eitherOrder([a, b])) {
    const isMatrix = matrix.strides[1] === pixels && matrix.strides[2] === 1;
    const isColumn = column.strides[1] === 1 && column.strides[2] === 0;
    const difference = isMatrix && isColumn && operandsOf(makerOf(matrix.value), 'sub');
    if (!difference) continue;
    const logits = inputOf(makerOf(difference[0]), 'sigmoid');
    if (logits === undefined) continue;
    return {
      operation: { kind: 'bernoulliBackprop', rows, pixels },
      inputs: [logits, difference[1], column.value],
    };
  }
  return undefined;
};
