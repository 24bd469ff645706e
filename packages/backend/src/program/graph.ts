import type { NdArray } from '@latentkit/core';
import type { Operation } from '../operations/operation.ts';

/** An array in a recorded computation: given from outside, constant, or computed by the node of its index. */
export interface GraphValue {
  readonly shape: readonly number[];
  /** Where it comes from; `computed` values are made by the node that outputs them. */
  readonly source:
    | { readonly type: 'parameter' | 'input' | 'scalar'; readonly name: string }
    | { readonly type: 'constant'; readonly data: Float32Array }
    | PackedSource
    | { readonly type: 'computed' };
}

/** A parameter as the right operand `[k, n]` of products, packed once for all of them. */
export interface PackedSource {
  readonly type: 'packed';
  readonly parameter: string;
  readonly n: number;
  readonly k: number;
  /** Whether the parameter lies as `[n, k]`. */
  readonly transposed: boolean;
}

/** One operation on values, which are named by their index. */
export interface GraphNode {
  readonly operation: Operation;
  readonly inputs: readonly number[];
  readonly output: number;
}

/** A recorded computation: what was done, in order. */
export interface Graph {
  readonly values: readonly GraphValue[];
  readonly nodes: readonly GraphNode[];
  /** Values by the names of the program's outputs. */
  readonly outputs: Readonly<Record<string, GraphResult>>;
  /** Values by the names of the parameters whose gradients they are. */
  readonly gradients: Readonly<Record<string, GraphResult>> | undefined;
  /** Values by the names of the parameters whose place they take. */
  readonly state: Readonly<Record<string, GraphResult>> | undefined;
  /** Names of the outputs that must be finite for an update. */
  readonly guards: readonly string[];
}

/** An operation as text: the same of the same one alone, also of numbers that JSON takes for others. */
export function lineOfOperation(operation: Operation): string {
  return JSON.stringify(operation, (_, field: unknown) =>
    typeof field === 'number' && (Object.is(field, -0) || !Number.isFinite(field))
      ? `${Object.is(field, -0) ? '-' : ''}${field}`
      : field,
  );
}

/** Everything that a computation is made for. */
export function resultsOf({ outputs, gradients = {}, state = {} }: Graph): GraphResult[] {
  return [outputs, gradients, state].flatMap((results) => Object.values(results));
}

export interface GraphResult {
  readonly value: number;
  readonly shape: readonly number[];
}

/** Shapes of arrays by name. */
export function shapesOf(
  arrays: Readonly<Record<string, NdArray<unknown>>>,
): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape]));
}
