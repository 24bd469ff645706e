import { LatentkitError } from '@latentkit/core';
import {
  checkBy,
  fields,
  list,
  oneOf,
  optional,
  type SpecOf,
  text,
  textLike,
  whole,
  word,
} from '@latentkit/core/schema';

/** The file that makes a folder a packed set. */
export const PACK_FILE = 'latentkit-pack.json';
const FORMAT = 'latentkit-pack';
const VERSION = 1;

const sha256 = textLike(/^[0-9a-f]{64}$/, 'be 64 digits of a SHA-256');
const fileName = textLike(/^[a-z0-9][a-z0-9.-]*\.npy$/, 'be the name of an .npy file in the folder');

const part = fields({
  count: whole(1),
  /** Of the numbers of all its images, one behind the other. */
  sha256,
  /** In the order of their images; the digests are of the files. */
  shards: list(fields({ file: fileName, count: whole(1), sha256 })),
  labels: optional(fields({ file: fileName, sha256 })),
});

const schema = fields({
  format: word(FORMAT),
  version: whole(VERSION, VERSION),
  type: word('uint8'),
  shape: fields({ height: whole(1), width: whole(1), channels: whole(1) }),
  classNames: optional(list(text())),
  parts: fields({ train: part, validation: optional(part), test: optional(part) }),
  report: fields({
    source: oneOf(['images', 'arrays', 'table']),
    kept: whole(0),
    skipped: list(fields({ name: text(), why: text() })),
    classes: list(fields({ name: text(), count: whole(0) })),
    notes: list(text()),
  }),
});

/** What a packed set says of itself: its shape, its classes, each part's files with their digests, and what was left out. */
export type PackManifest = SpecOf<typeof schema>;

export type PackedPart = SpecOf<typeof part>;

/** What a manifest is but for what the parts' writer says. */
export function manifestOf(content: Omit<PackManifest, 'format' | 'version' | 'type'>): PackManifest {
  return { format: FORMAT, version: VERSION, type: 'uint8', ...content };
}

/**
 * A manifest, every field checked.
 *
 * @throws `E_FORMAT` for one of a newer version, and naming the first field that does not fit.
 */
export function parseManifest(value: unknown, where: string): PackManifest {
  const { version } = Object(value) as { version?: unknown };
  if (typeof version === 'number' && version > VERSION) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected version ${VERSION} of the packed set, got ${version}, of a newer Latentkit`,
      { fix: 'Update Latentkit, or pack the images anew' },
    );
  }
  const manifest = checkBy(schema, value, where, 'E_FORMAT');
  for (const [name, { count, shards }] of Object.entries(manifest.parts)) {
    const sum = shards.reduce((all, shard) => all + shard.count, 0);
    if (sum === count) continue;
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: the shards of ${name} come to ${sum} images, and it says ${count}`,
      { fix: 'Pack the images anew' },
    );
  }
  return manifest;
}
