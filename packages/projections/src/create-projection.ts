import { didYouMean, LatentkitError } from '@latentkit/core';
import type { Points } from './points.ts';
import type { Projection, SavedProjection } from './projection.ts';
import { type ProjectionMethod, type ProjectionOptions, projectionMethods } from './projection-methods.ts';

/**
 * A projection by the name of its method, with that method's options.
 *
 * @throws `E_UNKNOWN_NAME` for no method; else as the method's own function does.
 * @example
 * const projection = await createProjection('pca', points, { components: 3 });
 * const map = await projection.run(); // [count, 3]
 */
export async function createProjection<Method extends ProjectionMethod>(
  method: Method,
  points: Points,
  options?: ProjectionOptions[Method],
): Promise<Projection> {
  return entryOf(method, 'createProjection').create(points, options);
}

/**
 * An equal of the projection that was saved, whichever its method.
 *
 * @throws `E_UNKNOWN_NAME` for no method; `E_FORMAT` for what is not a saved projection.
 * @example
 * const again = await loadProjection(projection.save());
 */
export async function loadProjection(saved: SavedProjection): Promise<Projection> {
  return entryOf(saved.method as ProjectionMethod, 'loadProjection').load(saved);
}

function entryOf<Method extends ProjectionMethod>(method: Method, where: string) {
  if (Object.hasOwn(projectionMethods, method)) return projectionMethods[method];
  const names = Object.keys(projectionMethods);
  throw new LatentkitError('E_UNKNOWN_NAME', `${where}: no projection is called '${method}'`, {
    fix: didYouMean(String(method), names),
  });
}
