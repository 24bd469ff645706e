import { didYouMean, LatentkitError } from '@latentkit/core';
import { checkValue, having, listRule } from '@latentkit/core/options';
import type { PcaOptions, PcaProjection } from './pca/pca-options.ts';
import type { Projection } from './projection.ts';
import type { MethodRow } from './projection-method.ts';
import type { TsneOptions } from './tsne/tsne-options.ts';
import type { UmapOptions } from './umap/umap-options.ts';

/** The options of Latentkit's own methods. */
export interface ProjectionOptions {
  pca: PcaOptions;
  tsne: TsneOptions;
  umap: UmapOptions;
}

/** Latentkit's own methods, by name. */
export type ProjectionMethod = keyof ProjectionOptions;

/** A method: one of Latentkit's own by its name, or a row. */
export type AnyMethod = ProjectionMethod | MethodRow;

/** The options that a method takes. */
export type OptionsOf<Method> = Method extends ProjectionMethod
  ? ProjectionOptions[Method]
  : Method extends { create(points: never, options?: infer Options): unknown }
    ? Options
    : never;

/** What a method makes: a PCA has its directions, and a way back. */
export type MadeBy<Method> = Method extends 'pca'
  ? PcaProjection
  : Method extends MethodRow<never, infer Made>
    ? Made
    : Projection;

/** Latentkit's own methods: the code of each is loaded when it is asked for. */
export const OWN_METHODS: readonly MethodRow[] = [
  {
    name: 'pca',
    title: 'PCA',
    create: async (points, options) => (await import('./pca/create-pca.ts')).createPca(points, options),
    load: async (saved) => (await import('./pca/load-pca.ts')).loadPca(saved),
  },
  {
    name: 'tsne',
    title: 't-SNE',
    create: async (points, options) => (await import('./tsne/create-tsne.ts')).createTsne(points, options),
    load: async (saved) => (await import('./tsne/load-tsne.ts')).loadTsne(saved),
  },
  {
    name: 'umap',
    title: 'UMAP',
    create: async (points, options) => (await import('./umap/create-umap.ts')).createUmap(points, options),
    load: async (saved) => (await import('./umap/load-umap.ts')).loadUmap(saved),
  },
];

const rowRule = having('a method', { name: 'string', create: 'function', load: 'function' });

// Of npm packages that not everybody has, so that no bundler is to look for them unasked.
const HANDED_OVER: Readonly<Record<string, string>> = { 'umap-js': 'umapJs', 'tsne-js': 'tsneJs' };

/**
 * The row of a method: of those that are given or of Latentkit's own by its name, or as it is.
 *
 * @throws `E_UNKNOWN_NAME` for no method, with the nearest one.
 */
export function methodRow(
  method: string | MethodRow,
  where: string,
  given: readonly MethodRow[] = [],
): MethodRow {
  checkValue(where, 'methods', given, listRule);
  if (typeof method === 'object' && method !== null) {
    checkValue(where, 'method', method, rowRule);
    return method;
  }
  const rows = [...OWN_METHODS, ...given];
  const row = rows.find(({ name }) => name === method);
  if (row) return row;
  const elsewhere = Object.hasOwn(HANDED_OVER, method) ? HANDED_OVER[method] : undefined;
  throw new LatentkitError('E_UNKNOWN_NAME', `${where}: no projection is called '${String(method)}'`, {
    fix: elsewhere
      ? `Hand over its row: ${elsewhere} of '@latentkit/projections/${method}'`
      : didYouMean(
          String(method),
          rows.map(({ name }) => name),
        ),
  });
}

/**
 * The rows of some methods, in this order: to be asked before anything is loaded or computed.
 *
 * @param given rows beside Latentkit's own.
 * @throws `E_UNKNOWN_NAME` for no method, with the nearest one; `E_USAGE` for none at all, or one twice.
 * @example
 * chooseMethods(['pca', 'umap-js'], [umapJs]);
 */
export function chooseMethods(
  methods: readonly (string | MethodRow)[],
  given: readonly MethodRow[] = [],
): MethodRow[] {
  checkValue('methods', 'methods', methods, listRule);
  const rows = Array.from(methods).map((method) => methodRow(method, 'methods', given));
  const again = rows.find((row, i) => rows.indexOf(row) < i)?.name;
  if (again === undefined && rows.length > 0) return rows;
  throw new LatentkitError(
    'E_USAGE',
    again === undefined ? 'methods: there is none' : `methods: '${again}' is there twice`,
    { fix: again === undefined ? `Name some of ${namesOf(given)}` : 'Name each once' },
  );
}

const namesOf = (given: readonly MethodRow[]) =>
  [...OWN_METHODS, ...given].map(({ name }) => name).join(', ');
