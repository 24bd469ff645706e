import type { ProjectedMap } from '@latentkit/experiment';

interface Column {
  title: string;
  cell(map: ProjectedMap): string;
}

const GAP = '  ';
const metric = (
  title: string,
  of: (quality: NonNullable<ProjectedMap['quality']>) => number | undefined,
): Column => ({
  title,
  cell: ({ quality }) => {
    const value = quality && of(quality);
    return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(3);
  },
});
const METHOD: Column = { title: 'method', cell: ({ title }) => title };
const SECONDS: Column = { title: 'seconds', cell: ({ seconds }) => seconds.toFixed(2) };
const TRUST = metric('trustworthiness', (quality) => quality.trustworthiness);
const CONTINUITY = metric('continuity', (quality) => quality.continuity);
const RECALL = metric('kNN recall', (quality) => quality.neighborRecall);
const LABELS = metric('kNN labels', (quality) => quality.labelAccuracy);
const TRIPLETS = metric('triplets', (quality) => quality.tripletAccuracy);
const SPEARMAN = metric('Spearman', (quality) => quality.distanceCorrelation);

/** How good each map is, as a table; columns that do not fit are left out, the least wanted first. */
export function createProjectionTable(titles: readonly string[], { width }: { width: number }) {
  const names = titles.map(({ length }) => length);
  let columns = [METHOD, SECONDS, TRUST, CONTINUITY, RECALL, LABELS, TRIPLETS, SPEARMAN];
  const widthOf = ({ title }: Column) => Math.max(title.length, ...(title === METHOD.title ? names : [5]));
  const length = () => columns.reduce((total, column) => total + widthOf(column) + GAP.length, -GAP.length);
  for (const unwanted of [TRIPLETS, SPEARMAN, RECALL, CONTINUITY]) {
    if (length() > width) columns = columns.filter((column) => column !== unwanted);
  }
  const line = (cellOf: (column: Column) => string) =>
    columns
      .map((column) => {
        const cell = cellOf(column);
        return column === METHOD ? cell.padEnd(widthOf(column)) : cell.padStart(widthOf(column));
      })
      .join(GAP);
  return {
    header: line(({ title }) => title),
    row: (map: ProjectedMap) => line(({ cell }) => cell(map)),
  };
}
