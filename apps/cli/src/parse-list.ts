import { InvalidArgumentError } from 'commander';

function listParser(expected: string, fits: (values: readonly number[]) => boolean) {
  return (text: string): number[] => {
    const values = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (!values.every(Number.isFinite) || !fits(values)) {
      throw new InvalidArgumentError(`It must be ${expected}`);
    }
    return values;
  };
}

const areWhole = (values: readonly number[], least: number) =>
  values.every((value) => Number.isSafeInteger(value) && value >= least);

/** Parsers of an option's numbers; each throws commander's `InvalidArgumentError` saying what they must be. */
export const parseList = {
  words: (text: string): string[] => {
    const words = text.split(',').map((word) => word.trim());
    if (words.includes('')) throw new InvalidArgumentError('It must be names or numbers, as cat,dog');
    return words;
  },
  indices: listParser('whole numbers from 0, as 1,5,7', (values) => areWhole(values, 0)),
  twoIndices: listParser(
    'two whole numbers from 0, as 3,17',
    (values) => values.length === 2 && areWhole(values, 0),
  ),
  dimensions: listParser('whole numbers from 1, as 1,3', (values) => areWhole(values, 1)),
  range: listParser(
    'two numbers, the smaller first, as -3,3',
    (values) => values.length === 2 && values[0]! < values[1]!,
  ),
};

/** `8x8`: rows and columns. */
export function parseGrid(text: string): { rows: number; columns: number } {
  const [, rows = '', columns = ''] = /^([1-9]\d{0,3})x([1-9]\d{0,3})$/.exec(text.trim()) ?? [];
  if (rows === '') throw new InvalidArgumentError('It must be rows x columns, as 8x8');
  return { rows: Number(rows), columns: Number(columns) };
}

/** An index from 0. */
export function parseIndex(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('It must be a whole number from 0');
}
