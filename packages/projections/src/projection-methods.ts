import type { TsneJsOptions } from './engines/tsne-js-options.ts';
import type { UmapJsOptions } from './engines/umap-js-options.ts';
import type { PcaOptions } from './pca/pca-options.ts';
import type { Points } from './points.ts';
import type { Projection, SavedProjection } from './projection.ts';
import type { TsneOptions } from './tsne/tsne-options.ts';

/** The options of each method. */
export interface ProjectionOptions {
  pca: PcaOptions;
  tsne: TsneOptions;
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
    create: async (...args) => (await import('./tsne/create-tsne.ts')).createTsne(...args),
    load: async (saved) => (await import('./tsne/load-tsne.ts')).loadTsne(saved),
  },
  'tsne-js': {
    create: async (...args) => (await import('./engines/create-tsne-js.ts')).createTsneJs(...args),
    load: async (saved) => (await import('./engines/load-tsne-js.ts')).loadTsneJs(saved),
  },
  'umap-js': {
    create: async (...args) => (await import('./engines/create-umap-js.ts')).createUmapJs(...args),
    load: async (saved) => (await import('./engines/load-umap-js.ts')).loadUmapJs(saved),
  },
};
