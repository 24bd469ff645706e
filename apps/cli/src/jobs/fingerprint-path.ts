import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isPackedSet } from '@latentkit/datasets/node';

const known = new Map<string, string>();

/**
 * What tells data from others: of a file the SHA-256 of its bytes, of a packed set that of its manifest (which has those of its parts), of
 * another folder that of its files' names and sizes. Remembered until the file changes.
 */
export async function fingerprintPath(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  const key = `${path} ${mtimeMs} ${size} ${ino}`;
  const found = known.get(key) ?? (await fingerprint(path));
  known.set(key, found);
  return found;
}

async function fingerprint(path: string): Promise<string> {
  const sha = createHash('sha256');
  if ((await stat(path)).isFile()) {
    await pipeline(createReadStream(path), sha);
    return sha.digest('hex');
  }
  if (await isPackedSet(path))
    return sha.update(await readFile(join(path, 'latentkit-pack.json'))).digest('hex');
  const names = await readdir(path, { recursive: true });
  for (const name of names.sort()) {
    const entry = await stat(join(path, name));
    if (entry.isFile()) sha.update(`${name}\n${entry.size}\n`);
  }
  return sha.digest('hex');
}
