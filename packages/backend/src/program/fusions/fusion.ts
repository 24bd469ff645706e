import type { BinaryOperation, UnaryOperation } from '../../operations/operation.ts';
import type { GraphNode } from '../graph.ts';

/**
 * A pattern of nodes that one operation does with the same bits, from its last node: what to do instead, if anything.
 *
 * `makerOf` gives the node that makes a value, if nothing but the asking node reads it: such a value need not be made.
 */
export type Fusion = (
  node: GraphNode,
  makerOf: (value: number) => GraphNode | undefined,
) => Pick<GraphNode, 'operation' | 'inputs'> | undefined;

/** The input of a unary operation; undefined for anything else. */
export function inputOf(
  node: GraphNode | undefined,
  operator: UnaryOperation['operator'],
): number | undefined {
  return node?.operation.kind === 'unary' && node.operation.operator === operator
    ? node.inputs[0]
    : undefined;
}

/** The operands of a binary operation number by number, none of them repeated; undefined for anything else. */
export function operandsOf(
  node: GraphNode | undefined,
  operator: BinaryOperation['operator'],
): readonly [number, number] | undefined {
  if (node?.operation.kind !== 'binary' || node.operation.operator !== operator) return undefined;
  const { sizes, aStrides, bStrides } = node.operation;
  const isFlat = sizes[0] === 1 && sizes[1] === 1 && aStrides[2] === 1 && bStrides[2] === 1;
  return isFlat ? [node.inputs[0]!, node.inputs[1]!] : undefined;
}

/** Both orders of the operands of an operation that does not care. */
export const eitherOrder = <T>([a, b]: readonly [T, T]): (readonly [T, T])[] => [
  [a, b],
  [b, a],
];
