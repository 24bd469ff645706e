import {
  anyNumber,
  anyValue,
  chosenBy,
  fields,
  flag,
  list,
  nothing,
  optional,
  positive,
  record,
  rule,
  type Schema,
  type SpecOf,
  whole,
} from '@latentkit/core/schema';

/** When a setting counts: other settings by name, and the value or the values that they must have. */
const whenSchema: Schema<Readonly<Record<string, unknown>>> = record(
  anyValue(),
  'be settings by name, and the values that they must have',
);

const often = { when: optional(whenSchema) };

const choices = rule(list(anyValue(), { least: 1, fewer: 'must have at least one value' }), (values) => {
  const texts = values.map((value) => JSON.stringify(value));
  const twice = texts.find((text, i) => texts.indexOf(text) !== i);
  return twice === undefined ? undefined : `holds ${twice} twice. Leave one of them out`;
});

const listFields = fields({ oneOf: choices, ...often });

const linearFields = rule(
  fields({
    from: anyNumber({ finite: true }),
    to: anyNumber({ finite: true }),
    /** From one value to the next; any number by default. */
    step: optional(positive()),
    /** Whole numbers alone: a step of 1. */
    whole: optional(flag()),
    /** Of a grid, how many values. */
    points: optional(whole(2)),
    ...often,
  }),
  ({ from, to, step, whole: isWhole, points }) =>
    orderOf(from, to) ??
    (isWhole ? wholeEnds(from, to, step) : undefined) ??
    (step !== undefined && step > to - from
      ? `has a step of ${step}, which is longer than the way from ${from} to ${to}`
      : undefined) ??
    (points !== undefined && (isWhole || step !== undefined)
      ? 'has points and a step: its step says already which values there are. Leave points out'
      : undefined),
);

const logFields = rule(
  fields({
    log: list(positive(), { least: 2, fewer: 'must be two numbers above 0: [from, to]' }),
    whole: optional(flag()),
    points: optional(whole(2)),
    ...often,
  }),
  ({ log, whole: isWhole }) =>
    (log.length === 2
      ? undefined
      : `has ${log.length} numbers in log, and needs two: [from, to]. Values one by one are a list without log`) ??
    orderOf(log[0]!, log[1]!) ??
    (isWhole ? wholeEnds(log[0]!, log[1]!) : undefined),
);

function orderOf(from: number, to: number): string | undefined {
  return from < to ? undefined : `goes from ${from} to ${to}, which is not upwards`;
}

function wholeEnds(from: number, to: number, step = 1): string | undefined {
  const broken = [from, to, step].find((end) => !Number.isSafeInteger(end));
  return broken === undefined ? undefined : `is of whole numbers, and ${broken} is none`;
}

const KINDS = 'be a list of values, { from, to }, { log: [from, to] } or { oneOf: [...] }';

/** The values that a setting may have. */
export const rangeSchema = chosenBy<Range>((value) => {
  if (Array.isArray(value)) return choices;
  if (typeof value !== 'object' || value === null) return nothing(KINDS);
  if (Object.hasOwn(value, 'oneOf')) return listFields;
  return Object.hasOwn(value, 'log') ? logFields : linearFields;
});

/**
 * The values that a setting may have: some of them one by one; numbers from one to another, evenly or by their logarithms. `whole` and
 * `step` leave only some of those, `when` asks for values of settings that stand before.
 */
export type Range =
  | SpecOf<typeof choices>
  | SpecOf<typeof listFields>
  | SpecOf<typeof linearFields>
  | SpecOf<typeof logFields>;

/** Ranges by the names of settings, in the order of the space's dimensions. */
export type Ranges = Readonly<Record<string, Range>>;

const MOST_RANGES = 40;

/** Ranges by the names of settings. */
export const rangesSchema: Schema<Ranges> = rule(
  record(rangeSchema, 'be settings by name, and their ranges'),
  (ranges) => {
    const names = Object.keys(ranges);
    if (names.length === 0) return 'there is no range: name a setting, and its values';
    if (names.length > MOST_RANGES)
      return `there are ${names.length} ranges, and ${MOST_RANGES} at most are searched`;
    for (const [i, name] of names.entries()) {
      const broken = brokenCondition(name, ranges, names.slice(0, i));
      if (broken !== undefined) return broken;
    }
    return undefined;
  },
);

/** Whether a range is its values. */
export function isList(range: Range): range is readonly unknown[] {
  return Array.isArray(range);
}

/** The condition of a range. */
export function conditionOf(range: Range): Readonly<Record<string, unknown>> {
  return (isList(range) ? undefined : range.when) ?? {};
}

function brokenCondition(name: string, ranges: Ranges, before: readonly string[]): string | undefined {
  for (const [other, wanted] of Object.entries(conditionOf(ranges[name]!))) {
    if (!before.includes(other)) {
      return `${name}.when speaks of ${other}, which must be a range that stands before ${name}`;
    }
    const range = ranges[other]!;
    const values = isList(range) ? range : 'oneOf' in range ? range.oneOf : undefined;
    if (!values) return `${name}.when speaks of ${other}, which must be a list of values`;
    const known = values.map((value) => JSON.stringify(value));
    const never = valuesOf(wanted).find((value) => !known.includes(JSON.stringify(value)));
    if (never !== undefined) {
      return `${name}.when wants ${other} to be ${JSON.stringify(never)}, which it never is: its values are ${known.join(', ')}`;
    }
  }
  return undefined;
}

/** A value, or any of some. */
function valuesOf(wanted: unknown): readonly unknown[] {
  return Array.isArray(wanted) ? wanted : [wanted];
}

/** Whether settings are as a condition wants them. */
export function holds(
  condition: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(condition).every(
    ([name, wanted]) =>
      Object.hasOwn(values, name) &&
      valuesOf(wanted).some((value) => JSON.stringify(value) === JSON.stringify(values[name])),
  );
}
