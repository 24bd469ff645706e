import { InvalidArgumentError } from 'commander';

function numberParser(expected: string, accepts: (value: number) => boolean) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || !accepts(value)) throw new InvalidArgumentError(`It must be ${expected}`);
    return value;
  };
}

const MOST_WORKERS = 256; // as createAccelerator has it
const MOST_PORT = 65_535;

/** Parsers of an option's number; each throws commander's `InvalidArgumentError` saying what it must be. */
export const parseNumber = {
  count: numberParser('a whole number of at least 1', (value) => Number.isSafeInteger(value) && value >= 1),
  seed: numberParser(
    'a whole number from 0 to 2^53 - 1',
    (value) => Number.isSafeInteger(value) && value >= 0,
  ),
  workers: numberParser(
    `a whole number from 1 to ${MOST_WORKERS}`,
    (value) => Number.isSafeInteger(value) && value >= 1 && value <= MOST_WORKERS,
  ),
  port: numberParser(
    `a whole number from 0, for any that is free, to ${MOST_PORT}`,
    (value) => Number.isSafeInteger(value) && value >= 0 && value <= MOST_PORT,
  ),
  share: numberParser('a number above 0 and below 1', (value) => value > 0 && value < 1),
  positive: numberParser('a number above 0', (value) => value > 0),
  notNegative: numberParser('a number of at least 0', (value) => value >= 0),
};
