import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandTools, runCommand } from '@latentkit/terminal';

/** The frame of a benchmark: a folder for what its engines share, which is gone at the end. */
export async function runInFolder(
  { json }: { json: boolean },
  work: (tools: CommandTools & { folder: string }) => Promise<void>,
): Promise<void> {
  await runCommand({ json, leaves: 'Stopped; the rows so far are complete.' }, async (tools) => {
    const folder = await mkdtemp(join(tmpdir(), 'latentkit-bench-'));
    try {
      await work({ ...tools, folder });
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 }); // a browser may still be ending in it
    }
  });
}
