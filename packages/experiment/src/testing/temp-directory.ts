import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** An empty folder that goes when the test file's tests are done. */
export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'latentkit-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
