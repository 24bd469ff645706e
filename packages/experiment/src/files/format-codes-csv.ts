import { encodeCsv } from '@latentkit/formats';
import { type CodesFile, checkNoImages, codesTable, countCodes, type WrittenCodes } from './codes-table.ts';

/**
 * Codes as `codes.csv`, as `formatCodes` writes it: by itself, for pages, whose builds would have what writes the other formats, too.
 *
 * @throws `E_SHAPE` for codes that are no whole number of rows; `E_USAGE` for reconstructions.
 * @example
 * const { content } = formatCodesCsv({ mean: Float32Array.of(0.5, -1), latentDim: 2 }); // 'index,mean_1,mean_2\n0,0.5,-1\n'
 */
export function formatCodesCsv(codes: WrittenCodes): CodesFile {
  const where = 'formatCodesCsv';
  const count = countCodes(where, codes);
  checkNoImages(where, codes, 'csv');
  const { index, names, numbers } = codesTable(codes, count);
  const { labels } = codes;
  const table = [index, ...(labels && !names ? [{ name: 'label', data: labels }] : []), ...numbers];
  const data = new Float64Array(count * table.length);
  for (const [at, { data: cells }] of table.entries()) {
    for (let i = 0; i < count; i++) data[i * table.length + at] = shortestOf(cells[i]!);
  }
  const content = encodeCsv(
    { shape: [count, table.length], data },
    {
      columns: table.map(({ name }) => name),
      ...(names && { texts: { at: 1, name: 'label', cells: names } }),
    },
  );
  return { name: 'codes.csv', content };
}

/** The double of fewest digits that is the same float32. */
function shortestOf(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}
