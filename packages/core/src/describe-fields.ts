import type { Schema } from './schema.ts';

/** A field that a schema knows, with what may be said of it: enough to make a form of. */
export interface FieldDescription {
  /** `'training.optimizer.name'`. */
  readonly path: string;
  /** A number, one of some words, `true` or `false`, text, or what only JSON can say. */
  readonly kind: 'number' | 'choice' | 'flag' | 'text' | 'json';
  /** As it is; undefined where it is left out. */
  readonly value: unknown;
  readonly isOptional: boolean;
  /** The words of a choice. */
  readonly options?: readonly string[];
  /** Of a choice that decides which fields there are beside it: their names, by its words. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>;
  /** Bounds of a number; those it must stay within, itself left out, are not told apart. */
  readonly least?: number;
  readonly most?: number;
  readonly isWhole?: true;
}

/** What of valibot's schemas is read. */
interface Parts {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Parts>>;
  readonly wrapped?: Parts;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly key?: string;
  readonly getter?: (value: unknown) => Parts;
  readonly pipe?: readonly (Parts & { readonly requirement?: unknown })[];
}

/**
 * The fields of a value by its schema, in the schema's order: those it has, and the optional ones it leaves out. A variant's fields are those
 * of the value's own kind; a list, and an object that is left out, are one field, of JSON.
 *
 * @example
 * describeFields(fields({ epochs: whole(1) }), { epochs: 3 });
 * // [{ path: 'epochs', kind: 'number', value: 3, isOptional: false, isWhole: true, least: 1, ... }]
 */
export function describeFields(schema: Schema<unknown>, value: unknown): FieldDescription[] {
  return describe(schema as unknown as Parts, value, [], false);
}

function describe(
  schema: Parts,
  value: unknown,
  path: readonly string[],
  isOptional: boolean,
): FieldDescription[] {
  const field = (kind: FieldDescription['kind'], more: Partial<FieldDescription> = {}) => [
    { path: path.join('.'), kind, value, isOptional, ...more },
  ];
  switch (schema.type) {
    case 'optional':
      return describe(schema.wrapped!, value, path, true);
    case 'lazy':
      return describe(schema.getter!(value), value, path, isOptional);
    case 'strict_object':
      return path.length > 0 && value === undefined
        ? field('json')
        : describeEntries(schema.entries!, value, path);
    case 'variant':
      return value === undefined ? field('json') : describeVariant(schema, value, path);
    case 'literal':
    case 'picklist':
      return field('choice', { options: wordsOf(schema) });
    case 'number':
      return field('number', boundsOf(schema));
    case 'boolean':
      return field('flag');
    case 'string':
      return field('text');
    default:
      return field('json');
  }
}

function describeEntries(
  entries: Readonly<Record<string, Parts>>,
  value: unknown,
  path: readonly string[],
): FieldDescription[] {
  const at = Object(value) as Record<string, unknown>;
  return Object.entries(entries).flatMap(([name, entry]) => {
    const own = Object.hasOwn(at, name) ? at[name] : undefined;
    return describe(entry, own, [...path, name], false);
  });
}

/** The word that chooses, then the fields of what is chosen. */
function describeVariant(
  { key, options }: Parts,
  value: unknown,
  path: readonly string[],
): FieldDescription[] {
  const kinds = options as readonly Parts[];
  const word = (Object(value) as Record<string, unknown>)[key!];
  const chosen = kinds.find(({ entries }) => wordsOf(entries![key!]!).includes(word as string));
  const names = kinds.flatMap(({ entries }) =>
    wordsOf(entries![key!]!).map(
      (one) => [one, Object.keys(entries!).filter((name) => name !== key)] as const,
    ),
  );
  const choice: FieldDescription = {
    path: [...path, key!].join('.'),
    kind: 'choice',
    value: word,
    isOptional: false,
    options: names.map(([one]) => one),
    kinds: Object.fromEntries(names),
  };
  const { [key!]: _, ...others } = chosen?.entries ?? {};
  return [choice, ...describeEntries(others, value, path)];
}

function wordsOf({ type, options, literal }: Parts): readonly string[] {
  return type === 'literal' ? [String(literal)] : ((options ?? []) as readonly string[]);
}

/** What a schema asks of a value beyond its type; a pipe may begin with another one. */
function stepsOf({ pipe = [] }: Parts): NonNullable<Parts['pipe']> {
  return pipe.flatMap((step) => [...stepsOf(step), step]);
}

function boundsOf(schema: Parts): Partial<FieldDescription> {
  const steps = stepsOf(schema);
  const bounds = (...types: string[]) =>
    steps
      .filter(({ type, requirement }) => types.includes(type) && typeof requirement === 'number')
      .map(({ requirement }) => requirement as number);
  const least = Math.max(...bounds('min_value', 'gt_value'));
  const most = Math.min(...bounds('max_value', 'lt_value'));
  return {
    ...(least > Number.NEGATIVE_INFINITY && { least }),
    ...(most < Number.MAX_SAFE_INTEGER && { most }), // beyond it there is no bound that a person would meet
    ...(steps.some(({ type }) => type === 'integer') && { isWhole: true }),
  };
}
