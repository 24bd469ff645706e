import type { MethodRow } from '../../projection-method.ts';
import { createUmapJs } from './create-umap-js.ts';
import { loadUmapJs } from './load-umap-js.ts';
import { method } from './method.ts';
import type { UmapJsOptions } from './umap-js-options.ts';

export { createUmapJs, loadUmapJs, type UmapJsOptions };

/**
 * UMAP of the npm package umap-js, which must be installed, as a method to hand over.
 *
 * @example
 * import { startProjection } from '@latentkit/projections';
 * import { umapJs } from '@latentkit/projections/umap-js';
 * const projection = await startProjection(umapJs, points, { neighbors: 20 });
 */
export const umapJs: MethodRow<UmapJsOptions> = {
  ...method,
  worker: {
    inNode: ({ Worker }) => new Worker(new URL('./umap-js-worker.js', import.meta.url), { execArgv: [] }),
    inPage: () => new Worker(new URL('./umap-js-worker.js', import.meta.url), { type: 'module' }),
  },
};
