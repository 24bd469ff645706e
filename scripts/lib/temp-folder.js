import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives `use` a fresh folder and removes it afterwards, whatever happened. Set KEEP_TEMP=1 to look inside. */
export async function withTempFolder(use) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'latentkit-')));
  try {
    return await use(folder);
  } finally {
    if (process.env.KEEP_TEMP) console.log(`kept ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}
