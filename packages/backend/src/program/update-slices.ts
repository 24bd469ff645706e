import { LatentkitError, sizeOfShape } from '@latentkit/core';
import type { GraphResult } from './graph.ts';
import type { UpdateSlice } from './program.ts';

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
  return Object.entries(gradients).flatMap(([name, { value, shape }]) => {
    const target = targets.get(name);
    if (!target) {
      throw new LatentkitError('E_USAGE', `accelerator: there is no parameter '${name}' to update`);
    }
    const gradient = pointerOf(value);
    const size = sizeOfShape(target.shape);
    if (sizeOfShape(shape) !== size) {
      throw new LatentkitError(
        'E_SHAPE',
        `accelerator: parameter '${name}' is [${target.shape}], but its gradient [${shape}]`,
      );
    }
    return Array.from({ length: Math.ceil(size / SLICE) }, (_, i) => {
      const bytes = 4 * SLICE * i;
      return {
        count: Math.min(SLICE, size - SLICE * i),
        parameter: target.parameter + bytes,
        gradient: gradient + bytes,
        slots: target.slots.map((slot) => slot + bytes),
      };
    });
  });
}
