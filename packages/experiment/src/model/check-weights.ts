import { LatentkitError, type NamedArrays } from '@latentkit/core';
import type { ParameterShapes } from '@latentkit/models';

/**
 * Makes sure that weights are those of a model: the same names, the same shapes.
 *
 * @throws `E_SHAPE` naming the first that differs.
 */
export function checkWeights(where: string, weights: NamedArrays, shapes: ParameterShapes): void {
  const describe = (shape: readonly number[] | undefined) => (shape ? `[${shape.join(', ')}]` : 'none');
  for (const name of new Set([...Object.keys(shapes), ...Object.keys(weights)])) {
    const [expected, got] = [describe(shapes[name]), describe(weights[name]?.shape)];
    if (expected === got) continue;
    throw new LatentkitError('E_SHAPE', `${where}: expected '${name}' to be ${expected}, got ${got}`, {
      fix: 'These weights are of another model',
    });
  }
}
