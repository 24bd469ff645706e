import type { MethodRow } from '../../projection-method.ts';
import { createTsneJs } from './create-tsne-js.ts';
import { loadTsneJs } from './finished-tsne-js.ts';
import { method } from './method.ts';
import type { TsneJsOptions } from './tsne-js-options.ts';

export { createTsneJs, loadTsneJs, type TsneJsOptions };

/**
 * t-SNE of the npm package tsne-js, which must be installed, as a method to hand over.
 *
 * @example
 * import { startProjection } from '@latentkit/projections';
 * import { tsneJs } from '@latentkit/projections/tsne-js';
 * const projection = await startProjection(tsneJs, points, { perplexity: 20 });
 */
export const tsneJs: MethodRow<TsneJsOptions> = {
  ...method,
  worker: {
    inNode: ({ Worker }) => new Worker(new URL('./tsne-js-worker.js', import.meta.url), { execArgv: [] }),
    inPage: () => new Worker(new URL('./tsne-js-worker.js', import.meta.url), { type: 'module' }),
  },
};
