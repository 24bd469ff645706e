import { didYouMean } from './did-you-mean.ts';
import { type ErrorCode, LatentkitError } from './error.ts';
import { shorten } from './shorten.ts';

/** What an option may be. */
export interface OptionRule {
  /** After "must": `be a whole number from 1`. */
  readonly be: string;
  readonly code: ErrorCode;
  /** What to do about one that does not fit. */
  readonly fix?: string | ((value: unknown) => string | undefined);
  /** Whether it has to be there. */
  readonly isNeeded?: boolean;
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
 * @param part what these options are the value of, where they lie within others: `clip`.
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  rules: OptionRules<Options>,
  part = '',
): void {
  const prefix = part && `${part}.`;
  const known = Object.keys(rules);
  if (!isPlain(options)) {
    throw new LatentkitError(
      'E_CONFIG',
      `${where}: ${part || 'options'} must be an object of ${known.join(', ')}, got ${show(options)}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      throw new LatentkitError('E_CONFIG', `${where}: there is no option ${prefix}${shorten(name)}`, {
        fix: didYouMean(shorten(name), known),
      });
    }
    if (value !== undefined) checkValue(where, prefix + name, value, rules[name as keyof Options]);
  }
  for (const name of known) {
    const rule = rules[name as keyof Options];
    if (rule.isNeeded) checkValue(where, prefix + name, options[name as keyof Options], rule);
  }
}

/**
 * Throws unless a value fits its rule: what an argument must be that is no option, a model for example.
 *
 * @throws the rule's code, with what was expected and what was got.
 */
export function checkValue(where: string, name: string, value: unknown, rule: OptionRule): void {
  if (rule.fits(value)) return;
  throw new LatentkitError(rule.code, `${where}: ${name} must ${rule.be}, got ${show(value)}`, {
    fix: typeof rule.fix === 'function' ? rule.fix(value) : rule.fix,
  });
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
export function atLeast(least: number, { finite = false } = {}): OptionRule {
  const be = finite ? `be a number of at least ${least}` : `be at least ${least}`;
  return rule(be, (value) => isNumber(value) && value >= least && (!finite || Number.isFinite(value)));
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
  const fix = (value: unknown) => {
    const hint = typeof value === 'string' ? didYouMean(shorten(value), names) : '';
    return hint.startsWith('Did') ? hint : undefined;
  };
  return { ...rule(be, (value) => names.includes(value as string)), code: 'E_UNKNOWN_NAME', fix };
}

/** This value, or what a rule allows. */
export function either(word: unknown, { be, ...others }: OptionRule): OptionRule {
  return {
    ...others,
    be: `be ${show(word)}, or ${be.replace(/^be /, '')}`,
    fits: (value) => value === word || others.fits(value),
  };
}

/** An option that has to be there. */
export function needed(rule: OptionRule): OptionRule {
  return { ...rule, isNeeded: true };
}

/**
 * What another function or the platform makes, known by what it can do, so that copies and stand-ins will do.
 *
 * @param what after "must be": `an AbortSignal`.
 * @param members what it has, by `typeof`.
 */
export function having(
  what: string,
  members: Readonly<Record<string, 'function' | 'object' | 'boolean' | 'number' | 'string'>>,
  fix?: OptionRule['fix'],
): OptionRule {
  const fits = (value: unknown) =>
    isPlain(value) && Object.entries(members).every(([name, type]) => isOf(type, value[name]));
  return { be: `be ${what}`, code: 'E_USAGE', fits, ...(fix !== undefined && { fix }) };
}

/** Any object but a list. */
export const objectRule = having('an object', {});

/** A list, or what can be read like one. */
export const listRule: OptionRule = {
  be: 'be a list',
  code: 'E_USAGE',
  fits: (value) =>
    typeof value === 'object' && value !== null && isNumber((value as { length?: unknown }).length),
};

export const textRule: OptionRule = {
  ...rule('be text', (value) => typeof value === 'string'),
  code: 'E_USAGE',
};

/** Where a file or folder lies, on a disk. */
export const pathRule: OptionRule = { ...textRule, be: 'be a path, as text' };

export const functionRule: OptionRule = {
  ...rule('be a function', (value) => typeof value === 'function'),
  code: 'E_USAGE',
};

/** A number, or an object that `scheduleAt` looks at. */
export const scheduleRule = rule(
  'be a number, or a schedule as { type, from, ... }',
  (value) => isNumber(value) || isPlain(value),
);

export const signalRule = having(
  'an AbortSignal',
  { aborted: 'boolean', addEventListener: 'function', throwIfAborted: 'function' },
  'new AbortController().signal is one',
);

export const acceleratorRule = having(
  'an accelerator',
  { open: 'function' },
  'createAccelerator() of @latentkit/backend makes one; it is a promise, to be awaited',
);

/** Whatever it is: somebody else looks at it. */
export const anything = rule('be anything', () => true);

function rule(be: string, fits: (value: unknown) => boolean): OptionRule {
  return { be, code: 'E_RANGE', fits };
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOf = (type: string, value: unknown) => typeof value === type && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isWhole = (value: unknown): value is number => Number.isInteger(value);

/** A value as its writer knows it. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return nameOf(value);
  return String(value);
}

function nameOf(value: object): string {
  const { name } = Object(value.constructor) as { name?: unknown };
  if (typeof name !== 'string' || name === 'Object' || name === '') return 'an object';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
