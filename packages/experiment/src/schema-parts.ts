import { didYouMean, shorten } from '@latentkit/core';
import * as v from 'valibot';

// The parts that the config's schema is made of. Each issue's message is what a newcomer reads after the field's name:
// "must be a whole number of at least 1, got '10'". valibot's own words speak of types and signatures.

/** A whole number of at least `least`. */
export function whole(least: number) {
  const message = must(`be a whole number of at least ${least}`);
  const most = must('be at most 2^53 - 1');
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.safeInteger(most));
}

/** A finite number of at least 0. */
export function notNegative() {
  const message = must('be a number of at least 0');
  return v.pipe(v.number(message), v.finite(message), v.minValue(0, message));
}

/** A finite number above 0. */
export function positive() {
  const message = must('be a number above 0');
  return v.pipe(v.number(message), v.finite(message), v.gtValue(0, message));
}

/** A number from 0 to below 1: how much of its past a moving average keeps. */
export function decay() {
  const message = must('be a number from 0 to below 1');
  return v.pipe(v.number(message), v.minValue(0, message), v.ltValue(1, message));
}

/** A string. */
export function text() {
  return v.string(must('be text'));
}

/** `true` or `false`. */
export function flag() {
  return v.boolean(must('be true or false'));
}

/** A list of items. */
export function list<Item extends v.GenericSchema>(item: Item) {
  return v.array(item, must('be a list'));
}

/** One of some names. */
export function oneOf<const Names extends readonly string[]>(names: Names) {
  return v.picklist(names, mustBeOneOf(names));
}

/** An object of exactly these fields: unknown ones are errors, as they are mostly misspelt ones. */
export function fields<const Entries extends Record<string, v.GenericSchema>>(entries: Entries) {
  return v.strictObject(entries, (issue) => {
    const key = issue.path?.at(-1)?.key as string | undefined;
    if (key === undefined) return must('be an object')(issue);
    if (issue.expected === 'never') return didYouMean(key, Object.keys(entries));
    const missing = v.safeParse(entries[key]!, undefined).issues?.[0]?.message;
    return `is missing: it ${missing?.replace(/, got nothing$/, '')}`;
  });
}

/** The objects of a variant, by the names that tell them apart; a name may stand for several of one shape. */
export function named<const Key extends string, const Options extends v.VariantOptions<Key>>(
  key: Key,
  names: readonly string[],
  options: Options,
) {
  return v.variant(key, options, (issue) =>
    issue.path === undefined ? must(`be an object with a ${key}`)(issue) : mustBeOneOf(names)(issue),
  );
}

/** What a value must be, and what it is. */
export function must(be: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ input }) => `must ${be}, got ${show(input)}`;
}

function mustBeOneOf(names: readonly string[]): (issue: v.BaseIssue<unknown>) => string {
  const quoted = names.map((name) => `'${name}'`);
  const choices = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ');
  return (issue) => {
    const hint = typeof issue.input === 'string' ? didYouMean(issue.input, names) : '';
    return must(`be ${choices}`)(issue) + (hint.startsWith('Did') ? `. ${hint}` : '');
  };
}

/** A value as a reader of JSON knows it. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return `'${shorten(value)}'`;
}
