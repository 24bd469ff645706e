import {
  anyNumber,
  checkBy,
  fields,
  flag,
  list,
  optional,
  record,
  type Schema,
  type SpecOf,
  text,
  whole,
} from '@latentkit/core/schema';
import { type MetricsRow, metricsRowSchema } from '@latentkit/trainers';

const run = fields({
  seed: whole(0),
  trainImages: whole(1),
  keptEpoch: whole(0),
  isFinished: flag(),
  rows: list(metricsRowSchema as Schema<MetricsRow>),
  /** What was measured on the test images, where the recipe asks for that. */
  evaluation: optional(
    fields({
      seconds: anyNumber(),
      values: record(anyNumber(), 'be numbers by name'),
    }),
  ),
});

const recipe = fields({
  /** The day of the last run. */
  date: text(),
  /** What it ran on: versions, the processor. */
  environment: record(text() as Schema<string>, 'be an object of texts'),
  runs: list(run),
  /** Of the first seed's run; paths relative to the page. */
  pictures: list(fields({ title: text(), path: text() })),
});

const schema = fields({
  version: whole(1, 1),
  recipes: record(recipe, 'be an object of recipes'),
});

/** What runs of recipes gave: what the page of a reproduction is written from. */
export type Reproduction = SpecOf<typeof schema>;

/** A recipe's part of it. */
export type ReproducedRecipe = Reproduction['recipes'][string];

/** A run of a recipe, as far as its figures are compared. */
export type ReproducedRun = ReproducedRecipe['runs'][number];

/**
 * What was kept of a reproduction, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseReproduction(value: unknown, where: string): Reproduction {
  return checkBy(schema, value, where, 'E_FORMAT', {
    fix: 'Remove the file: the runs it was made of make it anew',
  });
}

const DIGITS = 7; // as many as float32 has

/** A row without more digits than anybody reads. */
export function shortenRow(row: MetricsRow): MetricsRow {
  const short = (value: number | undefined) => value && Number(value.toPrecision(DIGITS));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, short(value)]),
  ) as unknown as MetricsRow;
}
