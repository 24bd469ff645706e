import * as v from 'valibot';
import { didYouMean } from './did-you-mean.ts';
import { type ErrorCode, LatentkitError } from './error.ts';
import type { Schedule } from './schedule.ts';
import { shorten } from './shorten.ts';

// The parts that the schemas of specs and configs are made of. valibot checks; the types and the words are ours, so that
// packages stand on these alone. Each issue's message is what a newcomer reads after the field's name:
// "must be a whole number of at least 1, got '10'". valibot's own words speak of types and signatures.

/** What a value may be, as data that checks it. */
export interface Schema<Value> extends v.BaseSchema<unknown, Value, v.BaseIssue<unknown>> {}

/** A field that may be missing. */
export interface OptionalSchema<Value> extends Schema<Value | undefined> {
  readonly mayBeMissing: true;
}

/** An object of exactly these fields. */
export interface FieldsSchema<Entries extends SchemaEntries> extends Schema<FieldsOf<Entries>> {
  readonly entries: Entries;
}

export type SchemaEntries = Readonly<Record<string, Schema<unknown>>>;

/** The type of the values that a schema accepts: written nowhere else. */
export type SpecOf<Of> = Of extends Schema<infer Value> ? Value : never;

/** The type of an object of these fields. */
export type FieldsOf<Entries extends SchemaEntries> = {
  readonly [Name in keyof Entries as Entries[Name] extends OptionalSchema<unknown> ? never : Name]: SpecOf<
    Entries[Name]
  >;
} & {
  readonly [Name in keyof Entries as Entries[Name] extends OptionalSchema<unknown> ? Name : never]?: SpecOf<
    Entries[Name]
  >;
} extends infer Flat
  ? { [Name in keyof Flat]: Flat[Name] }
  : never;

/** A whole number of at least `least`, and at most `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Schema<number> {
  const message = must(`be a whole number of at least ${least}`);
  const tooMuch = must(`be at most ${most === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : most}`);
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, tooMuch),
  ) as Schema<number>;
}

/** A finite number of at least 0. */
export function notNegative(): Schema<number> {
  return numberFrom(0);
}

/** A finite number above 0, and at most `most`. */
export function positive(most = Number.MAX_VALUE): Schema<number> {
  const message = must('be a number above 0');
  return v.pipe(
    v.number(message),
    v.finite(message),
    v.gtValue(0, message),
    v.maxValue(most, must(`be at most ${most}`)),
  ) as Schema<number>;
}

/** Any number: with infinities and NaN, unless it must be finite. */
export function anyNumber({ finite = false } = {}): Schema<number> {
  const numbers = v.custom<number>((value) => typeof value === 'number', must('be a number'));
  return (finite ? v.pipe(numbers, v.finite(must('be a finite number'))) : numbers) as Schema<number>;
}

/** A finite number of at least `least`. */
export function numberFrom(least: number): Schema<number> {
  const message = must(`be a number of at least ${least}`);
  return v.pipe(v.number(message), v.finite(message), v.minValue(least, message)) as Schema<number>;
}

/** A number above 0 and below 1. */
export function share(): Schema<number> {
  const message = must('be a number below 1');
  return v.pipe(positive(), v.ltValue(1, message)) as Schema<number>;
}

/** A number from 0 to below 1: how much of its past a moving average keeps. */
export function decay(): Schema<number> {
  const message = must('be a number from 0 to below 1');
  return v.pipe(v.number(message), v.minValue(0, message), v.ltValue(1, message)) as Schema<number>;
}

/** Anything that is there: somebody else looks at it. */
export function anyValue(): Schema<unknown> {
  return v.pipe(
    v.unknown(),
    v.check((value) => value !== undefined, must('be a value')),
  ) as Schema<unknown>;
}

/** A string. */
export function text(): Schema<string> {
  return v.string(must('be text')) as Schema<string>;
}

/** A string of a pattern; `be` says which. */
export function textLike(pattern: RegExp, be: string): Schema<string> {
  return v.pipe(v.string(must('be text')), v.regex(pattern, must(be))) as Schema<string>;
}

/** `true` or `false`. */
export function flag(): Schema<boolean> {
  return v.boolean(must('be true or false')) as Schema<boolean>;
}

/** This one word; `be` says why, where there is more to say. */
export function word<const Word extends string>(value: Word, be = `be '${value}'`): Schema<Word> {
  return v.literal(value, must(be)) as Schema<Word>;
}

/** One of some names; `besides` says what else there may be, where a schema is chosen by the value. */
export function oneOf<const Names extends readonly string[]>(
  names: Names,
  besides?: string,
): Schema<Names[number]> & { readonly options: Names } {
  return v.picklist(names, mustBeOneOf(names, besides)) as unknown as Schema<Names[number]> & {
    readonly options: Names;
  };
}

/** A list of items, `least` or more; `nonEmpty` says what to do about fewer. */
export function list<Item>(
  item: Schema<Item>,
  { least = 0, fewer = `must have at least ${least}` }: { least?: number; fewer?: string } = {},
): Schema<readonly Item[]> {
  const items = v.array(item, must('be a list'));
  return (least > 0 ? v.pipe(items, v.minLength(least, fewer)) : items) as Schema<readonly Item[]>;
}

/** A field that may be missing. */
export function optional<Value>(schema: Schema<Value>): OptionalSchema<Value> {
  return v.optional(schema) as unknown as OptionalSchema<Value>;
}

/** A field that is there, and may be `null`. */
export function nullable<Value>(schema: Schema<Value>): Schema<Value | null> {
  return v.nullable(schema) as unknown as Schema<Value | null>;
}

/** An object of any names and values of one kind; `be` says which. */
export function record<Value>(value: Schema<Value>, be: string): Schema<Readonly<Record<string, Value>>> {
  const values = v.record(v.string(), value);
  return v.pipe(v.custom<object>(isObject, must(be)), values) as unknown as Schema<
    Readonly<Record<string, Value>>
  >;
}

/** A schema chosen by the value that comes: a number or an object, say. */
export function chosenBy<Value>(choose: (value: unknown) => Schema<Value>): Schema<Value> {
  return v.lazy(choose) as Schema<Value>;
}

/** Nothing fits; `be` says what would. */
export function nothing(be: string): Schema<never> {
  return v.never(must(be)) as unknown as Schema<never>;
}

/** An object of exactly these fields: unknown ones are errors, as they are mostly misspelt ones. */
export function fields<const Entries extends SchemaEntries>(entries: Entries): FieldsSchema<Entries> {
  return v.strictObject(entries, wordsFor(entries)) as unknown as FieldsSchema<Entries>;
}

/** The fields that have to be there, in their order. */
export function requiredFields({ entries }: FieldsSchema<SchemaEntries>): string[] {
  return Object.keys(entries).filter((name) => !v.is(entries[name]!, undefined));
}

function wordsFor(entries: SchemaEntries): (issue: v.BaseIssue<unknown>) => string {
  return (issue) => {
    const key = issue.path?.at(-1)?.key as string | undefined;
    if (key === undefined) return must('be an object')(issue);
    if (issue.expected === 'never') return didYouMean(key, Object.keys(entries));
    const missing = v.safeParse(entries[key]!, undefined).issues?.[0]?.message;
    return `is missing: it ${missing?.replace(/, got nothing$/, '')}`;
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that valibot leaves out in silence where it keeps others, as it could mean a prototype. */
function droppedOf(value: object): string | undefined {
  return ['__proto__', 'constructor', 'prototype'].find((name) => Object.hasOwn(value, name));
}

/** An object of at least these fields: others are kept as they are, for somebody else to check. */
export function openFields<const Entries extends SchemaEntries>(
  entries: Entries,
): Schema<FieldsOf<Entries> & { readonly [field: string]: unknown }> {
  return v.pipe(
    v.custom<object>(isObject, must('be an object')),
    v.check(
      (value) => droppedOf(value) === undefined,
      ({ input }) => `must not have a field ${droppedOf(input)}`,
    ),
    v.looseObject(entries, wordsFor(entries)),
  ) as unknown as Schema<FieldsOf<Entries> & { readonly [field: string]: unknown }>;
}

/** The objects of a variant, by the names that tell them apart; a name may stand for several of one shape. */
export function named<Options extends readonly FieldsSchema<SchemaEntries>[]>(
  key: string,
  names: readonly string[],
  options: Options,
): Schema<SpecOf<Options[number]>> {
  return v.variant(key, options as unknown as v.VariantOptions<string>, (issue) =>
    issue.path === undefined ? must(`be an object with a ${key}`)(issue) : mustBeOneOf(names)(issue),
  ) as unknown as Schema<SpecOf<Options[number]>>;
}

/** A rule that no single field can tell; `say` gives the sentence where it is broken, and undefined where it holds. */
export function rule<Value>(schema: Schema<Value>, say: (value: Value) => string | undefined): Schema<Value> {
  return v.pipe(
    schema,
    v.rawCheck(({ dataset, addIssue }) => {
      const message = dataset.typed ? say(dataset.value) : undefined;
      if (message !== undefined) addIssue({ message });
    }),
  ) as Schema<Value>;
}

/**
 * A value that a schema accepts.
 *
 * @param where what to call its source in an error: a function, or a file's name.
 * @throws `code`, `E_CONFIG` by default, naming the first field that does not fit, what was expected and what was got; rather
 * the first unknown one, since a misspelt field is missing too.
 * @example
 * checkBy(fields({ epochs: whole(1) }), { epoch: 3 }, 'my.json'); // my.json: there is no field epoch. Did you mean 'epochs'?
 */
export function checkBy<Value>(
  schema: Schema<Value>,
  value: unknown,
  where: string,
  code: ErrorCode = 'E_CONFIG',
  { fix }: { fix?: string } = {},
): Value {
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return output;
  throw new LatentkitError(code, `${where}: ${describeIssue(issues)}`, { fix });
}

/** What is wrong, as a sentence that begins with the field: the first unknown one, or else the first issue. */
function describeIssue(issues: readonly v.BaseIssue<unknown>[]): string {
  const unknown = issues.find(({ type, expected }) => type === 'strict_object' && expected === 'never');
  if (unknown) return `there is no field ${fieldOf(unknown)}. ${unknown.message}`;
  const [issue] = issues;
  const field = fieldOf(issue!);
  // A rule's sentence names its fields itself, from where it stands.
  if (issue!.type === 'raw_check') return field ? `${field}: ${issue!.message}` : issue!.message;
  return `${field || 'it'} ${issue!.message}`;
}

/** `model.encoder.hidden[0]`; empty for the whole. */
function fieldOf({ path }: v.BaseIssue<unknown>): string {
  const keys: readonly { readonly key: unknown }[] = path ?? [];
  return keys
    .map(({ key }, i) => {
      if (typeof key === 'number') return `[${key}]`;
      return i === 0 ? shorten(String(key)) : `.${shorten(String(key))}`;
    })
    .join('');
}

/** What a value must be, and what it is. */
export function must(be: string): (issue: v.BaseIssue<unknown>) => string {
  return ({ input }) => `must ${be}, got ${show(input)}`;
}

function mustBeOneOf(names: readonly string[], besides?: string): (issue: v.BaseIssue<unknown>) => string {
  const quoted = [...(besides === undefined ? [] : [besides]), ...names.map((name) => `'${name}'`)];
  const choices = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' or ');
  return (issue) => {
    const hint = typeof issue.input === 'string' ? didYouMean(shorten(issue.input), names) : '';
    return must(`be ${choices}`)(issue) + (hint.startsWith('Did') ? `. ${hint}` : '');
  };
}

/** A value as a reader of JSON knows it. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return `'${shorten(value)}'`;
}

const scheduleObject = named(
  'type',
  ['linear', 'cosine', 'cyclic', 'exponential'],
  [
    fields({
      type: oneOf(['linear', 'cosine']),
      from: notNegative(),
      to: notNegative(),
      epochs: optional(whole(1)),
    }),
    fields({
      type: word('cyclic'),
      from: notNegative(),
      to: notNegative(),
      epochs: optional(whole(1)),
      cycles: optional(whole(1)),
      rise: optional(share()),
    }),
    fields({ type: word('exponential'), from: notNegative(), rate: positive() }),
  ],
) as Schema<Exclude<Schedule, number>>;

/** A number of at least 0, or a schedule of such. */
export const scheduleSchema: Schema<Schedule> = chosenBy<Schedule>((value) => {
  if (typeof value === 'number') return notNegative();
  if (typeof value === 'object' && value !== null) return scheduleObject;
  return nothing('be a number of at least 0, or a schedule');
});
