import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const folders = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(`${root}/${parent}`).map((name) => `${parent}/${name}`),
);
// Called in a package's folder, as turbo does, vitest runs that package alone.
const here = folders.filter((folder) => folder === relative(root, process.cwd()));

// The files of a package share a process, so that tfjs is loaded once: each sets the backend that it means. A test of what was
// never registered, started or loaded starts a process of its own.
const projectOf = (name: string, include: string) => ({
  extends: true as const,
  test: { name, include: [include], isolate: false },
});

export default defineConfig({
  root,
  test: {
    projects:
      here.length > 0
        ? here.map((folder) => projectOf(folder, `${folder}/src/**/*.test.ts`))
        : [
            ...folders.map((folder) => projectOf(folder, `${folder}/src/**/*.test.ts`)),
            projectOf('scripts', 'scripts/**/*.test.js'),
            // Tests against servers that they start, which take their time: `pnpm queues`.
            ...(process.env.LATENTKIT_QUEUES ? [projectOf('queues', '*/*/queues/**/*.test.ts')] : []),
          ],
    // `pnpm test` adds the reports of all packages up, those that turbo remembers too.
    reporters: ['default', ['json', { outputFile: `${process.cwd()}/.turbo/tests.json` }]],
    // `pnpm test` has as many packages under way as there are cores; the command line's, the longest, end alone.
    maxWorkers: process.env.LATENTKIT_TEST_MACHINE && !here.includes('apps/cli') ? 1 : availableParallelism(),
    // What hangs ends; a loaded machine is no failure.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
