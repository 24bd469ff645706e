import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { jobRunFolder } from '@latentkit/jobs/node';
import type { DoneJob } from './watch-jobs.ts';

/**
 * A file that a job wrote.
 *
 * @throws `E_NOT_FOUND`; `E_CHECKSUM` for one that is not what the job wrote.
 */
export async function readJobFile(
  store: string,
  { id, files }: Pick<DoneJob, 'id' | 'files'>,
  name: string,
): Promise<Uint8Array> {
  const path = join(jobRunFolder(store, id), name);
  const bytes = await readFile(path).catch((cause) => {
    throw new LatentkitError('E_NOT_FOUND', `${path} is missing`, {
      fix: 'The store of this command must be the one of the workers',
      cause,
    });
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === files[name]) return bytes;
  throw new LatentkitError('E_CHECKSUM', `${path} is not what its job wrote`, {
    fix: `Delete ${join(store, id)}, and run the same command again`,
  });
}
