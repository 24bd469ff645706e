import { InvalidArgumentError } from 'commander';

function numberParser(expected: string, accepts: (value: number) => boolean) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || !accepts(value)) throw new InvalidArgumentError(`It must be ${expected}`);
    return value;
  };
}

/** Parsers of an option's number; each throws commander's `InvalidArgumentError` saying what it must be. */
export const parseNumber = {
  count: numberParser('a whole number of at least 1', (value) => Number.isSafeInteger(value) && value >= 1),
  seed: numberParser(
    'a whole number from 0 to 2^53 - 1',
    (value) => Number.isSafeInteger(value) && value >= 0,
  ),
  positive: numberParser('a number above 0', (value) => value > 0),
  notNegative: numberParser('a number of at least 0', (value) => value >= 0),
};
