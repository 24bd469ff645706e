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
  const { outer, inner, aOuter, aInner, bOuter, bInner } = operation;
  const [a, b] = [
    { value: inputs[0]!, outer: aOuter, inner: aInner },
    { value: inputs[1]!, outer: bOuter, inner: bInner },
  ];
  for (const [matrix, column] of eitherOrder([a, b])) {
    const isColumn = matrix.outer === inner && matrix.inner === 1 && column.outer === 1 && column.inner === 0;
    const difference = isColumn && operandsOf(makerOf(matrix.value), 'sub');
    if (!difference) continue;
    const logits = inputOf(makerOf(difference[0]), 'sigmoid');
    if (logits === undefined) continue;
    return {
      operation: { kind: 'bernoulliBackprop', rows: outer, pixels: inner },
      inputs: [logits, difference[1], column.value],
    };
  }
  return undefined;
};
