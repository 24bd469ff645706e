import { LatentkitError } from '@latentkit/core';
import { type Decimal, hasDecimalComma, isDigits, isMissing, isNumber } from './csv-cells.ts';
import { type CsvRow, splitCsv } from './split-csv.ts';

const SAMPLE = 100; // rows that are looked at before the layout is settled
const DELIMITERS = [';', '\t', '|', ',']; // a comma last: it may stand inside of numbers

/** How a table is written: what was asked for, and what its first rows show. */
export interface CsvLayout {
  delimiter: string;
  decimal: Decimal;
  /** Cells of a row, but for an empty one behind the delimiter that some programs end their lines with. */
  width: number;
  /** Whether the first row names the columns. */
  header: boolean;
  /** What was guessed and could be otherwise. */
  notes: string[];
}

export interface GivenLayout {
  delimiter?: string;
  decimal?: Decimal;
  header?: boolean;
  textColumn?: string | number;
}

export function findLayout(text: string, given: GivenLayout): CsvLayout {
  const delimiter = given.delimiter ?? findDelimiter(text, given.decimal);
  const rows = sampleOf(text, delimiter);
  const cells = rows[0]?.length ?? 0;
  const endsEmpty = cells > 1 && rows.every((row) => row.length < cells || row[cells - 1]!.trim() === '');
  const width = endsEmpty ? cells - 1 : cells;
  const table = rows.map((row) => row.slice(0, width));
  const notes: string[] = [];
  const commas = delimiter === ',' ? [] : table.flat().filter(hasDecimalComma);
  const decimal = given.decimal ?? (commas.length > 0 ? ',' : '.');
  if (given.decimal === undefined && decimal === ',') {
    notes.push(
      `numbers are read with decimal commas: ${commas[0]!.trim()} is ${commas[0]!.trim().replace(',', '.')}`,
    );
  }
  if (given.header !== undefined) return { delimiter, decimal, width, header: given.header, notes };
  const { header, note } = findHeader(table, decimal, given.textColumn);
  if (note !== undefined) notes.push(note);
  return { delimiter, decimal, width, header, notes };
}

function sampleOf(text: string, delimiter: string, most = SAMPLE): string[][] {
  const rows: string[][] = [];
  for (const { cells } of splitCsv(text, delimiter)) {
    rows.push(cells);
    if (rows.length === most) break;
  }
  return rows;
}

/** The one that cuts the first row, and the second into as many cells. */
function findDelimiter(text: string, decimal: Decimal | undefined): string {
  const possible = DELIMITERS.filter((delimiter) => delimiter !== decimal);
  const cutting = possible.flatMap((delimiter) => {
    const [first = 0, second = first] = countCells(text, delimiter);
    return first > 1 ? [{ delimiter, isEven: first === second }] : [];
  });
  return (cutting.find(({ isEven }) => isEven) ?? cutting[0])?.delimiter ?? possible.at(-1)!;
}

function countCells(text: string, delimiter: string): number[] {
  try {
    return sampleOf(text, delimiter, 2).map((row) => row.length);
  } catch {
    return []; // its quotes stand elsewhere
  }
}

/** Whether the first row names the columns; with a note where it could be numbers as well. */
function findHeader(
  rows: readonly string[][],
  decimal: Decimal,
  textColumn: string | number | undefined,
): { header: boolean; note?: string } {
  const [first = [], ...rest] = rows;
  if (typeof textColumn === 'string') return { header: true }; // a column that has a name
  const judged = first.filter((_, column) => column !== textColumn);
  const numbers = judged.filter((cell) => isNumber(cell, decimal));
  const words = judged.filter((cell) => !isNumber(cell, decimal) && !isMissing(cell));
  const shown = `line 1 (${show(first)})`;
  const asNames = `${shown} is read as the names of the columns: if it is data, say so (header: false, or --header no)`;
  if (numbers.length === 0) {
    const areNames = words.every((word) => !/^\s*[-+.\d]/.test(word));
    return { header: words.length > 0, ...(words.length > 0 && !areNames && { note: asNames }) };
  }
  if (words.length > 0) {
    const areNames =
      words.every((word) => /^\s*[\p{L}_]/u.test(word)) &&
      numbers.every((cell, i) => isDigits(cell) && Number(cell) === Number(numbers[0]) + i) &&
      rest[0]?.every((cell, column) => column === textColumn || isNumber(cell, decimal));
    return areNames ? { header: true, note: asNames } : { header: false };
  }
  // pandas names columns 0, 1, 2, ... where nobody has, behind an empty cell for its index.
  const names = first[0]?.trim() === '' ? first.slice(1) : first;
  if (names.length === 0 || rest.length === 0 || !countsFrom(names, 0)) return { header: false };
  if (names.length < first.length) return { header: true, note: asNames };
  if (rest.every((row) => row.every((cell) => !isDigits(cell)))) return { header: true, note: asNames };
  if (first.length < 2 || countsFrom(rest[0]!, first.length)) return { header: false };
  if (first.length > 2) return { header: true, note: asNames };
  const asData = `${shown} is read as numbers: if it names the columns, say so (header: true, or --header yes)`;
  return { header: false, note: asData };
}

function countsFrom(cells: readonly string[], start: number): boolean {
  return cells.every((cell, i) => cell.trim() === String(start + i));
}

function show(cells: readonly string[]): string {
  return cells.length > 6 ? `${cells.slice(0, 5).join(', ')}, ..., ${cells.at(-1)}` : cells.join(', ');
}

/** Cells beyond the width are but the empty one that some programs write behind a last delimiter. */
export function checkWidth(where: string, { line, cells }: CsvRow, width: number): void {
  if (cells.length === width || (cells.length === width + 1 && cells[width]!.trim() === '')) return;
  throw new LatentkitError(
    'E_FORMAT',
    `${where}: line ${line}: expected ${width} cell${width === 1 ? '' : 's'} as in the first row, got ${cells.length}`,
    width === 1
      ? {
          fix: 'If another character stands between cells, say which (delimiter, --delimiter); lines above the table are to be taken out',
        }
      : {},
  );
}
