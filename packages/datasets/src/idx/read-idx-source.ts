import { LatentkitError } from '@latentkit/core';
import { digestHex } from '../download/digest-hex.ts';
import type { FileSource } from '../download/file-source.ts';
import type { IdxDatasetSpec, IdxFileRole, IdxFileSpec } from './idx-dataset-spec.ts';
import { unpackIdxFile } from './unpack-idx-file.ts';

const ROLES: readonly IdxFileRole[] = ['trainImages', 'trainLabels', 'testImages', 'testLabels'];

/** Reads the four files from where somebody put them, packed or not, and under either spelling of their names. */
export async function readIdxSource(
  spec: IdxDatasetSpec,
  source: FileSource,
): Promise<Record<IdxFileRole, Uint8Array>> {
  const found = new Map<IdxFileRole, Uint8Array>();
  for (const role of ROLES) {
    const bytes = await readFirst(source, spellings(spec.files[role].name));
    if (bytes !== undefined) found.set(role, bytes);
  }
  const missing = ROLES.filter((role) => !found.has(role)).map((role) => spec.files[role].name);
  if (missing.length > 0) {
    throw new LatentkitError(
      'E_NOT_FOUND',
      `${spec.name}: ${source.location} has no ${missing.join(', ')} (with or without .gz)`,
      { fix: `Put the files of ${spec.name} there, or choose another folder.` },
    );
  }
  const data = {} as Record<IdxFileRole, Uint8Array>;
  for (const [role, bytes] of found) data[role] = await unpack(spec, role, bytes, source.location);
  return data;
}

async function unpack(
  spec: IdxDatasetSpec,
  role: IdxFileRole,
  bytes: Uint8Array,
  location: string,
): Promise<Uint8Array> {
  const file = spec.files[role];
  try {
    // A digest of the gzip stream says nothing about files that were unpacked, or packed anew.
    const checkDigest = file.checksum.of === 'content';
    const { content, data } = await unpackIdxFile(file, bytes, { checkDigest });
    if (spec.namesake) await refuseNamesake(file, spec.namesake, role, content);
    return data;
  } catch (error) {
    if (!(error instanceof LatentkitError)) throw error;
    throw new LatentkitError(error.code, `${spec.name}: in ${location}, ${file.name}: ${error.message}`, {
      fix: 'Replace the file, or choose another folder.',
      cause: error,
    });
  }
}

async function refuseNamesake(
  file: IdxFileSpec,
  namesake: IdxDatasetSpec,
  role: IdxFileRole,
  content: Uint8Array,
): Promise<void> {
  const { algorithm, of, hex } = namesake.files[role].checksum;
  if (of === 'content' && (await digestHex(algorithm, content)) === hex) {
    throw new LatentkitError('E_CHECKSUM', `this is ${namesake.name}'s ${file.name}`);
  }
}

/** `train-images-idx3-ubyte`, as it is after unpacking too: `train-images.idx3-ubyte`. */
function spellings(name: string): string[] {
  const dotted = name.replace(/-(idx\d)/, '.$1');
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

async function readFirst(source: FileSource, names: readonly string[]): Promise<Uint8Array | undefined> {
  for (const name of names) {
    const bytes = await source.read(name);
    if (bytes !== undefined) return bytes;
  }
  return undefined;
}
