import { decodeText, type ParseCsvOptions, parseCsv } from '@latentkit/formats';
import { type ClassLabels, classesOfTexts } from '../class-labels.ts';
import type { PictureSize } from './image-size.ts';
import type { FileArray } from './pixels-of-array.ts';

export const LABEL_NAME = /^\s*"?(?:labels?|class(?:es)?|target|category|y)"?\s*$/i;
const WORD = /[^\s\d"+\-.,eE]/;
const MOST_CLASSES = 1000;

/** How a CSV is written, where somebody says it. */
export type Dialect = Pick<ParseCsvOptions, 'delimiter' | 'decimal' | 'header'>;

export interface TableOptions {
  size: PictureSize | undefined;
  /** The column of the classes: its name, or its place from 0. */
  labelColumn: string | number | undefined;
  dialect?: Dialect;
  /** Most numbers to make room for. */
  maxElements?: number;
}

/** A table of an image a row: its pixels, and the classes of one of its columns. */
export interface ImageTable {
  readonly pixels: FileArray;
  readonly labels?: ClassLabels;
  readonly notes: readonly string[];
}

/**
 * Reads a table whose rows are images: pixels alone, or with a column of classes. That is the one that is asked for, or is
 * called `label` or the like, or has words; else the first or last one, where the others make an image, and not all do.
 *
 * @throws as `parseCsv`: `E_FORMAT` for a cell that is no number, and a row of another length, naming the line.
 */
export function readTable(
  name: string,
  bytes: Uint8Array,
  { size, labelColumn, dialect = {}, maxElements }: TableOptions,
): ImageTable {
  const { text } = decodeText(bytes, name);
  const textColumn = labelColumn ?? findTextColumn(text, dialect);
  const { shape, data, texts, notes = [] } = parseCsv(text, { ...dialect, textColumn, maxElements });
  const told = notes.map((note) => `${name}: ${note}`);
  if (texts) return { pixels: { name, shape, data }, labels: classesOfTexts(texts), notes: told };
  const column = findNumberColumn({ shape, data }, size);
  if (column === undefined) return { pixels: { name, shape, data }, notes: told };
  const [rows, width] = shape;
  const pixels = { name, shape: [rows, width - 1], data: data.filter((_, i) => i % width !== column) };
  const labels = Int32Array.from({ length: rows }, (_, row) => data[row * width + column]!);
  const place = column === 0 ? 'first' : 'last';
  return {
    pixels,
    labels: { labels },
    notes: [...told, `${name}: its ${place} column is read as the classes`],
  };
}

/** The place of a column of words, or that a name says to be the classes'; undefined where there is none. */
function findTextColumn(text: string, { delimiter, header }: Dialect): number | undefined {
  const [first = [], second = first] = text
    .slice(0, 2 ** 20)
    .split(/\r\n|[\r\n]/, 2)
    .map((line) =>
      line
        .replace(/[,;\t|]+$/, '')
        .split(delimiter ?? [';', '\t', '|'].find((one) => line.includes(one)) ?? ','),
    );
  const named = header === false ? -1 : first.findIndex((cell) => LABEL_NAME.test(cell));
  if (named >= 0) return named;
  return [0, second.length - 1].find((place) => second.length > 1 && WORD.test(second[place]!));
}

/** The place of the column that holds classes as numbers. */
function findNumberColumn(
  { shape: [rows, width], data }: { shape: readonly [number, number]; data: Float64Array },
  size: PictureSize | undefined,
): number | undefined {
  const makeImages = (numbers: number) =>
    [1, 3].some((channels) => {
      const side = Math.sqrt(numbers / channels);
      const isWanted = size && numbers === size.width * size.height * channels;
      return isWanted || (Number.isInteger(side) && side > 1);
    });
  if (makeImages(width) || !makeImages(width - 1)) return undefined;
  return [0, width - 1].find((column) => {
    const values = new Set<number>();
    for (let row = 0; row < rows; row++) values.add(data[row * width + column]!);
    const areClasses = [...values].every((value) => Number.isInteger(value) && value >= 0);
    return areClasses && values.size > 1 && values.size <= MOST_CLASSES;
  });
}
