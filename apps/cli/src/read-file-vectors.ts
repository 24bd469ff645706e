import { basename } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { type ClassLabels, classesOfTexts } from '@latentkit/datasets';
import { readLabels, readVectors } from '@latentkit/experiment/node';
import type { ProjectInput } from './project-input.ts';

export interface FileSourceOptions {
  /** A file of labels. */
  labels?: string;
  /** A column of the table that holds them: its name, or its place from 0. */
  labelColumn?: string;
  /** Whether the first row of a table names its columns. */
  header?: boolean;
  /** Uses the first so many. */
  points?: number;
  standardize?: boolean;
}

/**
 * Vectors of a file, and their labels: of another file, or of one of its columns.
 *
 * @throws `E_SHAPE` for another number of labels than vectors; `E_USAGE` for two sorts of labels; as `readVectors` does.
 */
export async function readFileVectors(
  path: string,
  {
    labels: labelFile,
    labelColumn,
    header,
    points: most,
    standardize,
    onNote,
  }: FileSourceOptions & { onNote: (note: string) => void },
): Promise<ProjectInput> {
  if (labelColumn !== undefined) {
    if (labelFile !== undefined) {
      throw new LatentkitError(
        'E_USAGE',
        'project: --labels and --label-column both say what the labels are',
        {
          fix: 'Leave one of them out',
        },
      );
    }
    if (!path.toLowerCase().endsWith('.csv')) {
      throw new LatentkitError('E_USAGE', 'project: --label-column names a column of a .csv file');
    }
  }
  const textColumn =
    labelColumn !== undefined && /^\d+$/.test(labelColumn) ? Number(labelColumn) : labelColumn;
  const { rows, texts, ...points } = await readVectors(path, {
    most,
    standardize,
    header,
    textColumn,
    onNote,
  });
  const classes = texts
    ? classesOfTexts(texts)
    : labelFile === undefined
      ? undefined
      : await readLabelsOf(rows, labelFile, { header, onNote });
  return {
    points,
    ...(classes && { labels: classes.labels.subarray(0, points.count), classNames: classes.names }),
    title: basename(path),
  };
}

/** Compared before any are left out: otherwise a file of others would shift them in silence. */
async function readLabelsOf(
  rows: number,
  path: string,
  options: Parameters<typeof readLabels>[1],
): Promise<ClassLabels> {
  const classes = await readLabels(path, options);
  if (classes.labels.length === rows) return classes;
  throw new LatentkitError(
    'E_SHAPE',
    `project: expected a label for each of ${rows} vectors, got ${classes.labels.length} in ${path}`,
    classes.labels.length === rows + 1
      ? { fix: 'If the first row of that file names its column, say --header yes' }
      : {},
  );
}
