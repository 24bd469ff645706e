import type { TsneJsOptions } from './engines/tsne-js/tsne-js-options.ts';
import type { UmapJsOptions } from './engines/umap-js/umap-js-options.ts';
import type { PcaOptions } from './pca/pca-options.ts';
import type { Points } from './points.ts';
import type { Projection, SavedProjection } from './projection.ts';
import type { TsneOptions } from './tsne/tsne-options.ts';
import type { UmapOptions } from './umap/umap-options.ts';

/** The options of each method. */
export interface ProjectionOptions {
  pca: PcaOptions;
  tsne: TsneOptions;
  umap: UmapOptions;
  'tsne-js': TsneJsOptions;
  'umap-js': UmapJsOptions;
}

export type ProjectionMethod = keyof ProjectionOptions;

/** How a method's projections come about. */
interface MethodEntry<Options> {
  create(points: Points, options: Options | undefined): Promise<Projection>;
  load(saved: SavedProjection): Promise<Projection>;
}

/** Every method: its code is loaded when it is asked for. */
export const projectionMethods: {
  readonly [Method in ProjectionMethod]: MethodEntry<ProjectionOptions[Method]>;
} = {
  pca: {
    create: async (...args) => (await import('./pca/create-pca.ts')).createPca(...args),
    load: async (saved) => (await import('./pca/load-pca.ts')).loadPca(saved),
  },
  tsne: {
    create: async (points, options) => (await import('./tsne/create-tsne.ts')).createTsne(points, options),
    load: async (saved) => (await import('./tsne/load-tsne.ts')).loadTsne(saved),
  },
  umap: {
    create: async (points, options) => (await import('./umap/create-umap.ts')).createUmap(points, options),
    load: async (saved) => (await import('./umap/load-umap.ts')).loadUmap(saved),
  },
  'tsne-js': {
    create: async (...args) => (await import('./engines/tsne-js/create-tsne-js.ts')).createTsneJs(...args),
    load: async (saved) => (await import('./engines/tsne-js/finished-tsne-js.ts')).loadTsneJs(saved),
  },
  'umap-js': {
    create: async (...args) => (await import('./engines/umap-js/create-umap-js.ts')).createUmapJs(...args),
    load: async (saved) => (await import('./engines/umap-js/load-umap-js.ts')).loadUmapJs(saved),
  },
};
