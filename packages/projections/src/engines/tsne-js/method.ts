import type { MethodRow } from '../../projection-method.ts';
import { createTsneJs } from './create-tsne-js.ts';
import { loadTsneJs } from './finished-tsne-js.ts';
import type { TsneJsOptions } from './tsne-js-options.ts';

/** What the worker serves: the method without the worker itself, as else each would import the other. */
export const method: MethodRow<TsneJsOptions> = {
  name: 'tsne-js',
  title: 't-SNE (tsne-js)',
  create: createTsneJs,
  load: loadTsneJs,
  blocks: true,
};
