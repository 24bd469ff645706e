import { eitherOrder, type Fusion, operandsOf } from './fusion.ts';

/** `dy * step(y)`, the gradient of ReLU and LeakyReLU. */
export const fuseActivationGradient: Fusion = (node, makerOf) => {
  for (const [dy, slope] of eitherOrder(operandsOf(node, 'mul') ?? [-1, -1])) {
    const step = makerOf(slope);
    if (step?.operation.kind === 'unary' && step.operation.operator === 'step') {
      const { count, alpha } = step.operation;
      return { operation: { kind: 'activationGradient', count, alpha }, inputs: [dy, step.inputs[0]!] };
    }
  }
  return undefined;
};
