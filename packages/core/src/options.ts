import { didYouMean } from './did-you-mean.ts';
import { type ErrorCode, LatentkitError } from './error.ts';
import { shorten } from './shorten.ts';

/** What an option may be. */
export interface OptionRule {
  /** After "must": `be a whole number from 1`. */
  readonly be: string;
  readonly code: ErrorCode;
  fits(value: unknown): boolean;
}

/** A rule for every option that there is. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: OptionRule };

/**
 * Throws unless options are those that a function knows, each of its kind and in its range: options come from JavaScript
 * too, where a misspelt one would be the default in silence.
 *
 * @throws `E_CONFIG` for what is no object, and for an option that nobody knows, with the nearest; `E_RANGE` for one that does
 * not fit its rule, `E_UNKNOWN_NAME` for none of some names.
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  rules: OptionRules<Options>,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new LatentkitError('E_CONFIG', `${where}: options must be an object, got ${show(options)}`);
  }
  const known = Object.keys(rules);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      throw new LatentkitError('E_CONFIG', `${where}: there is no option ${shorten(name)}`, {
        fix: didYouMean(shorten(name), known),
      });
    }
    const { be, code, fits } = rules[name as keyof Options];
    if (value === undefined || fits(value)) continue;
    throw new LatentkitError(code, `${where}: ${name} must ${be}, got ${show(value)}`);
  }
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return rule(`be a whole number ${range}`, (value) => isWhole(value) && value >= least && value <= most);
}

/** A number from `least` to `most`. */
export function number(least: number, most: number): OptionRule {
  return rule(`be from ${least} to ${most}`, (value) => isNumber(value) && value >= least && value <= most);
}

/** A number from `least` on; infinite, where that means "no limit". */
export function atLeast(least: number): OptionRule {
  return rule(`be at least ${least}`, (value) => isNumber(value) && value >= least);
}

/** A finite number above `least`, and below `limit`. */
export function above(least: number, limit = Number.POSITIVE_INFINITY): OptionRule {
  const be =
    limit === Number.POSITIVE_INFINITY
      ? `be a number above ${least}`
      : `be a number between ${least} and ${limit}`;
  return rule(be, (value) => isNumber(value) && value > least && value < limit);
}

/** Bytes, as many as one likes. */
export const bytesRule = rule('be a number of bytes', (value) => isNumber(value) && value > 0);

/** A seed of `createRandom`. */
export const seedRule = rule(
  'be a whole number from 0 to 2^53 - 1',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

export const flagRule = rule('be true or false', (value) => typeof value === 'boolean');

/** One of some names. */
export function oneOf(...names: readonly string[]): OptionRule {
  const be = `be ${names.map((name) => `'${name}'`).join(' or ')}`;
  return { ...rule(be, (value) => names.includes(value as string)), code: 'E_UNKNOWN_NAME' };
}

/** This value, or what a rule allows. */
export function either(word: unknown, { be, ...others }: OptionRule): OptionRule {
  return {
    ...others,
    be: `be ${show(word)}, or ${be.replace(/^be /, '')}`,
    fits: (value) => value === word || others.fits(value),
  };
}

/** Whatever it is: somebody else looks at it. */
export const anything = rule('be anything', () => true);

function rule(be: string, fits: (value: unknown) => boolean): OptionRule {
  return { be, code: 'E_RANGE', fits };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** A value as its writer knows it. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'object'}`;
  return String(value);
}
