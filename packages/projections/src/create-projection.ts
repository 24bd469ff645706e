import { type AnyMethod, type MadeBy, methodRow, type OptionsOf } from './own-methods.ts';
import type { Points } from './points.ts';
import type { Projection, SavedProjection } from './projection.ts';
import type { MethodRow } from './projection-method.ts';
import { requireSaved } from './saved-numbers.ts';

/**
 * A projection by a method, with that method's options.
 *
 * @param method `'pca'`, `'tsne'`, `'umap'`, or a row such as `umapJs` of `@latentkit/projections/umap-js`.
 * @throws `E_UNKNOWN_NAME` for no method; else as the method's own function does.
 * @example
 * const projection = await createProjection('pca', points, { components: 3 });
 * const map = await projection.run(); // [count, 3]
 */
export async function createProjection<const Method extends AnyMethod>(
  method: Method,
  points: Points,
  options?: OptionsOf<Method>,
): Promise<MadeBy<Method>> {
  const row = methodRow(method, 'createProjection');
  return (await row.create(points, options as never)) as MadeBy<Method>;
}

/**
 * An equal of the projection that was saved, whichever its method.
 *
 * @param methods rows of methods that it may be of, beside Latentkit's own.
 * @throws `E_UNKNOWN_NAME` for no method; `E_FORMAT` for what is not a saved projection.
 * @example
 * const again = await loadProjection(projection.save());
 */
export async function loadProjection(
  saved: SavedProjection,
  methods: readonly MethodRow[] = [],
): Promise<Projection> {
  requireSaved(saved, 'loadProjection');
  return methodRow(saved.method, 'loadProjection', methods).load(saved);
}
