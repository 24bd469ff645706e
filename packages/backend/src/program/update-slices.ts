import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { GraphResult } from './graph.ts';
import type { CopySlice, UpdateSlice } from './program.ts';

/** A parameter and its slots in memory. */
export interface UpdateTarget {
  readonly shape: readonly number[];
  readonly parameter: number;
  readonly slots: readonly number[];
}

// A slice of parameter, gradient and two slots is 256 KiB: small against a core's cache, long against a meeting.
const SLICE = 16384;

/**
 * Cuts the update of the parameters that have a gradient into slices for any thread: each number is moved on its own.
 *
 * @throws `E_USAGE` for the gradient of an unknown parameter; `E_SHAPE` for one of another size than its parameter.
 */
export function updateSlices(
  gradients: Readonly<Record<string, GraphResult>>,
  targets: ReadonlyMap<string, UpdateTarget>,
  pointerOf: (value: number) => number,
): UpdateSlice[] {
  return Object.entries(gradients).flatMap(([name, result]) => {
    const { parameter, slots } = targetOf(name, 'gradient', result, targets);
    const gradient = pointerOf(result.value);
    return slicesOf(result).map(({ count, bytes }) => ({
      count,
      parameter: parameter + bytes,
      gradient: gradient + bytes,
      slots: slots.map((slot) => slot + bytes),
    }));
  });
}

/** Cuts the copies of new state over the parameters whose place it takes; throws as {@link updateSlices} does. */
export function copySlices(
  state: Readonly<Record<string, GraphResult>>,
  targets: ReadonlyMap<string, UpdateTarget>,
  pointerOf: (value: number) => number,
): CopySlice[] {
  return Object.entries(state).flatMap(([name, result]) => {
    const { parameter } = targetOf(name, 'state', result, targets);
    const from = pointerOf(result.value);
    return slicesOf(result).map(({ count, bytes }) => ({ count, from: from + bytes, to: parameter + bytes }));
  });
}

function targetOf(
  name: string,
  what: 'gradient' | 'state',
  { shape }: GraphResult,
  targets: ReadonlyMap<string, UpdateTarget>,
): UpdateTarget {
  const target = targets.get(name);
  if (!target) throw new LatentkitError('E_USAGE', `accelerator: there is no parameter '${name}' to update`);
  if (sizeOfShape(shape) === sizeOfShape(target.shape)) return target;
  throw new LatentkitError(
    'E_SHAPE',
    `accelerator: parameter '${name}' is [${target.shape}], but its ${what} [${shape}]`,
  );
}

function slicesOf({ shape }: GraphResult): { count: number; bytes: number }[] {
  const size = sizeOfShape(shape);
  return Array.from({ length: Math.ceil(size / SLICE) }, (_, i) => ({
    count: Math.min(SLICE, size - SLICE * i),
    bytes: 4 * SLICE * i,
  }));
}
