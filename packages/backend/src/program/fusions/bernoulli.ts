import { eitherOrder, type Fusion, inputOf, operandsOf } from './fusion.ts';

/** `sum(softplus(l) - l x)` of each row: the kernel of it adds up in the same order. */
export const fuseBernoulli: Fusion = ({ operation, inputs }, makerOf) => {
  if (operation.kind !== 'sum' || operation.inner !== 1) return undefined;
  const terms = operandsOf(makerOf(inputs[0]!), 'sub');
  const logits = terms && inputOf(makerOf(terms[0]), 'softplus');
  const factors = terms && operandsOf(makerOf(terms[1]), 'mul');
  const match = factors && eitherOrder(factors).find(([l]) => l === logits);
  return (
    match && {
      operation: { kind: 'bernoulliFromLogits', rows: operation.outer, pixels: operation.reduce },
      inputs: match,
    }
  );
};

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
