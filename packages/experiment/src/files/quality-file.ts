import {
  anyNumber,
  checkBy,
  fields,
  list,
  nullable,
  optional,
  record,
  type SpecOf,
  text,
  whole,
} from '@latentkit/core/schema';

const row = fields({
  method: text(),
  points: optional(whole(1)),
  seconds: optional(anyNumber()),
  /** By name; null of what there is not, the label accuracy of images without classes. */
  metrics: record(nullable(anyNumber()), 'be numbers by name'),
  /** Neighbours that were looked at, and points. */
  k: optional(whole(1)),
  measured: optional(whole(1)),
});

const schema = list(row);

/** How good maps are: what `quality.json` holds, a row a method. */
export type MapQuality = SpecOf<typeof schema>;

/**
 * A `quality.json`, every field checked.
 *
 * @throws `E_FORMAT` naming the first field that does not fit.
 */
export function parseQuality(value: unknown, where: string): MapQuality {
  return checkBy(schema, value, where, 'E_FORMAT');
}
