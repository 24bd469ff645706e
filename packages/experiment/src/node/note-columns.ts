const FEW_VALUES = 10;
const FEW_COLUMNS = 3; // where there are more, they are what the table is made of
const ROWS_A_VALUE = 5;
const MOST_SHARE = 0.9; // of the variance, for one column

/** What is to be said of columns that hold classes, as it seems, and are dimensions as well, then. */
export function noteFewValued(
  data: ArrayLike<number>,
  [rows, width]: readonly [number, number],
  names: readonly string[] | undefined,
): string[] {
  const found: { column: number; values: number }[] = [];
  for (let column = 0; column < width && found.length <= FEW_COLUMNS; column++) {
    const values = countValues(data, column, width, Math.min(FEW_VALUES, rows / ROWS_A_VALUE));
    if (values >= 2) found.push({ column, values });
  }
  if (found.length > FEW_COLUMNS || 2 * found.length > width) return [];
  return found.map(({ column, values }) => {
    const name = names?.[column] ?? String(column);
    return `${called(names, column)} has ${values} values, all of them whole numbers, and is taken for a dimension: if they are classes, --label-column ${/\s/.test(name) ? `'${name}'` : name} takes them for labels`;
  });
}

/** What is to be said of a column whose unit makes it all that maps show. */
export function noteUneven(
  data: ArrayLike<number>,
  [, width]: readonly [number, number],
  names: readonly string[] | undefined,
): string[] {
  const variances = variancesOf(data, width);
  const largest = variances.reduce(
    (most, variance, column) => (variance > variances[most]! ? column : most),
    0,
  );
  const share = variances[largest]! / variances.reduce((sum, variance) => sum + variance, 0);
  if (width < 2 || !(share > MOST_SHARE)) return [];
  const percent = Math.floor(1000 * share) / 10;
  return [
    `${called(names, largest)} is ${percent}% of the variance, and maps show little else: --standardize lets all columns count alike`,
  ];
}

function called(names: readonly string[] | undefined, column: number): string {
  return names === undefined ? `column ${column} (from 0)` : `column '${names[column]}'`;
}

/** Of each column, times the rows; by Welford's way, where large means lose nothing. */
function variancesOf(data: ArrayLike<number>, width: number): Float64Array {
  const [means, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let row = 1, at = 0; at < data.length; row++) {
    for (let column = 0; column < width; column++, at++) {
      const off = data[at]! - means[column]!;
      means[column]! += off / row;
      squares[column]! += off * (data[at]! - means[column]!);
    }
  }
  return squares;
}

/** How many whole numbers a column holds; 0 where they are more than `most`, or others are among them. */
function countValues(data: ArrayLike<number>, column: number, width: number, most: number): number {
  const values = new Set<number>();
  for (let at = column; at < data.length; at += width) {
    if (!Number.isInteger(data[at])) return 0;
    values.add(data[at]!);
    if (values.size > most) return 0;
  }
  return values.size;
}
