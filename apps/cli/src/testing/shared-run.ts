import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RunOptions } from '../options.ts';
import { makeRun } from './make-run.ts';

/** A folder with runs by name, for all tests of a file: gone when they are done. */
export function sharedRuns(runs: Readonly<Record<string, RunOptions>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'latentkit-'));
  beforeAll(async () => {
    for (const [name, options] of Object.entries(runs)) await makeRun(join(cwd, name), options);
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  return cwd;
}
