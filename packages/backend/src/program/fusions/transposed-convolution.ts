import type { BinaryOperation, ConvolutionOperation } from '../../operations/operation.ts';
import type { GraphNode } from '../graph.ts';
import type { Fusion } from './fusion.ts';

/** The bias of a transposed convolution, a number a channel: its kernel adds it when the sum is complete. */
export const fuseBias: Fusion = ({ operation, inputs }, makerOf) => {
  if (operation.kind !== 'binary' || operation.operator !== 'add') return undefined;
  const product = asProduct(makerOf(inputs[0]!));
  if (product?.inputs.length !== 2 || !isBias(operation, product.operation)) return undefined;
  return { operation: product.operation, inputs: [...product.inputs, inputs[1]!] };
};

/** The activation of a transposed convolution: its kernel applies it to what it would have written. */
export const fuseActivation: Fusion = ({ operation, inputs }, makerOf) => {
  if (operation.kind !== 'unary') return undefined;
  const { operator, alpha } = operation;
  if (operator !== 'relu' && operator !== 'leakyRelu') return undefined;
  const product = asProduct(makerOf(inputs[0]!));
  return (
    product && { operation: { ...product.operation, activation: operator, alpha }, inputs: product.inputs }
  );
};

/** A transposed convolution that nothing is applied to yet. */
function asProduct(
  node: GraphNode | undefined,
): { operation: ConvolutionOperation; inputs: readonly number[] } | undefined {
  if (node?.operation.kind !== 'convolveBackpropInput' || node.operation.activation !== 'linear') {
    return undefined;
  }
  return { operation: node.operation, inputs: node.inputs };
}

function isBias(
  { sizes: [outer, middle, inner], aStrides, bStrides }: BinaryOperation,
  { geometry: { channels } }: ConvolutionOperation,
): boolean {
  const isWhole = outer === 1 && aStrides[2] === 1 && (middle === 1 || aStrides[1] === inner);
  return isWhole && inner === channels && bStrides[2] === 1 && bStrides[1] === 0;
}
