import { findNotFinite, LatentkitError, type NamedArrays } from '@latentkit/core';
import { checkValue, having, objectRule } from '@latentkit/core/options';
import type { ParameterShapes } from '../parameter-shapes.ts';
import { requireArrays } from '../parameters.ts';

const weightsRule = having('an object of arrays by name', {});

/**
 * Makes sure that weights are those of a model: the same names, the same shapes, as many numbers, and finite ones.
 *
 * @throws `E_SHAPE` naming the first that differs; `E_USAGE` for what is no array; `E_NOT_FINITE` naming the first that holds NaN or an infinity.
 */
export function checkWeights(where: string, weights: NamedArrays, shapes: ParameterShapes): void {
  checkValue(where, 'weights', weights, weightsRule);
  checkValue(where, 'shapes', shapes, objectRule);
  const describe = (shape: unknown) => (Array.isArray(shape) ? `[${shape.join(', ')}]` : 'none');
  for (const name of new Set([...Object.keys(shapes), ...Object.keys(weights)])) {
    const [expected, got] = [describe(shapes[name]), describe(weights[name]?.shape)];
    if (expected === got) continue;
    throw new LatentkitError('E_SHAPE', `${where}: expected '${name}' to be ${expected}, got ${got}`, {
      fix: 'These weights are of another model',
    });
  }
  requireArrays(where, weights);
  for (const [name, { data }] of Object.entries(weights)) {
    const at = findNotFinite(data);
    if (at < 0) continue;
    throw new LatentkitError('E_NOT_FINITE', `${where}: '${name}' holds ${data[at]} at index ${at}`, {
      fix: 'Training went wrong before these were saved, or the file is damaged: take others',
    });
  }
}
