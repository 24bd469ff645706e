import type { MethodRow } from '../../projection-method.ts';
import { createUmapJs } from './create-umap-js.ts';
import { loadUmapJs } from './load-umap-js.ts';
import type { UmapJsOptions } from './umap-js-options.ts';

/** What the worker serves: the method without the worker itself, as else each would import the other. */
export const method: MethodRow<UmapJsOptions> = {
  name: 'umap-js',
  title: 'UMAP (umap-js)',
  create: createUmapJs,
  load: loadUmapJs,
  blocks: true,
};
