import { LatentkitError } from '@latentkit/core';
import {
  anyNumber,
  checkBy,
  fields,
  list,
  oneOf,
  openFields,
  optional,
  record,
  type SpecOf,
  text,
  textLike,
  whole,
} from '@latentkit/core/schema';
import { readNumbers } from './json-numbers.ts';

const VERSION = 1;

const metric = fields({
  /** The key in JSON. */
  name: text(),
  title: text(),
  unit: text(),
  better: oneOf(['lower', 'higher', 'neither']),
  /** How it was measured, as far as others measure it otherwise. */
  convention: text(),
  value: anyNumber(),
  /** Standard error of `value`, where it is a mean over images: their standard deviation over the root of their number. */
  error: optional(anyNumber()),
  /** What `value` is made of, by name: a number a latent dimension (`z1`, ...), or a factor. */
  parts: optional(record(anyNumber(), 'be numbers by name')),
});

const missingMetric = fields({ name: text(), title: text(), why: text() });

const ofClass = fields({
  /** -1 of those that have no class. */
  label: whole(-1),
  name: optional(text()),
  images: whole(1),
  /** By the metrics' names, of those that single images have. */
  values: record(anyNumber(), 'be numbers by name'),
});

const schema = fields({
  version: whole(VERSION, VERSION),
  recipe: text(),
  /** Whose weights they are. */
  epoch: whole(0),
  /** SHA-256 of `model.safetensors`: whether these are numbers of the model beside them. */
  weights: textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256'),
  /** Which images: 'test images of mnist'. */
  of: text(),
  /** How many of them there are; `images` says how many were looked at, the first ones. */
  available: whole(1),
  images: whole(1),
  /** Latent samples an image, where a metric has no number of its own. */
  samples: whole(1),
  seed: whole(0),
  /** By default the first is the loss. */
  metrics: list(metric),
  /** Where there are labels; means weighed by `images` are the metrics' values. */
  classes: optional(list(ofClass)),
  /** What was not measured, and why. */
  missing: optional(list(missingMetric)),
  /** That each metric took. */
  seconds: optional(record(anyNumber(), 'be numbers by name')),
});

/** What `evaluation.json` holds. */
export type RunEvaluation = SpecOf<typeof schema>;

/**
 * An `evaluation.json`, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit, or for the file of a newer Latentkit.
 */
export function parseEvaluation(value: unknown, where: string): RunEvaluation {
  const { version } = checkBy(openFields({ version: whole(1) }), value, where, 'E_FORMAT');
  if (version > VERSION) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected version ${VERSION} at most, got ${version}: written by a newer Latentkit`,
    );
  }
  return checkBy(schema, withNumbers(value as object), where, 'E_FORMAT');
}

/** With the numbers that JSON has not, wherever they may be. */
function withNumbers({ metrics, classes, ...rest }: { metrics?: unknown; classes?: unknown }): object {
  const values = (one: unknown) =>
    typeof one === 'object' && one !== null && 'values' in one
      ? { ...one, values: readNumbers(one.values) }
      : one;
  return {
    ...rest,
    ...(metrics !== undefined && { metrics: Array.isArray(metrics) ? metrics.map(readNumbers) : metrics }),
    ...(classes !== undefined && { classes: Array.isArray(classes) ? classes.map(values) : classes }),
  };
}
