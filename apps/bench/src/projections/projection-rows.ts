/** A map that is made and judged by several engines. */
export interface ProjectionRow {
  readonly name: string;
  readonly method: 'pca' | 'tsne' | 'umap';
  /** The first so many images: of the test images, or of all training images. */
  readonly points: number;
  readonly images: 'test' | 'train';
  /** Principal components that are taken first, and timed; none for the pixels themselves. */
  readonly components?: number;
  /** On all threads of the machine, and not on one. */
  readonly isShared?: boolean;
}

const row = (method: ProjectionRow['method'], points: number): ProjectionRow => ({
  ...{ name: `projection/${method}-${points}`, method, points, images: 'test' },
});

/** Every row there is, in the order they run. */
export const PROJECTION_ROWS: readonly ProjectionRow[] = [
  row('pca', 10_000),
  row('tsne', 200),
  row('tsne', 2000),
  row('tsne', 10_000),
  { ...row('tsne', 60_000), images: 'train', components: 50 },
  {
    ...row('tsne', 60_000),
    ...{ name: 'projection/tsne-60000-shared', images: 'train', components: 50, isShared: true },
  },
  row('umap', 2000),
  row('umap', 10_000),
  { ...row('umap', 60_000), images: 'train' },
];

/** The rows that a filter asks for by the word `projection` in it, or by a method's name. */
export function projectionRows(filter: string | undefined): readonly ProjectionRow[] {
  return filter ? PROJECTION_ROWS.filter(({ name }) => name.includes(filter)) : [];
}
