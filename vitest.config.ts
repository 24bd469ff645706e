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

// Packages without state beside their own: their files share a process. In the others files choose tfjs's backend.
const SHARING = [
  'core',
  'datasets',
  'figures',
  'formats',
  'kernels',
  'projections',
  'same-bits',
  'testing',
].map((name) => `packages/${name}`);

const projectOf = (name: string, include: string) => ({
  extends: true as const,
  test: { name, include: [include], isolate: !SHARING.includes(name) },
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
          ],
    // `pnpm test` adds the reports of all packages up, those that turbo remembers too.
    reporters: ['default', ['json', { outputFile: `${process.cwd()}/.turbo/tests.json` }]],
    maxWorkers: availableParallelism(),
    // What hangs ends; a loaded machine is no failure.
    testTimeout: 60_000,
  },
});
