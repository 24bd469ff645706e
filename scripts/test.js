/**
 * `pnpm test [--force] [package ...]`: builds, and runs the tests of every package that changed, or that stands on one that did;
 * turbo remembers the others. Closes with the total of all of them and the slowest files.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { FILE_SECONDS, slowFiles } from './lib/slow-tests.js';
import { listPackages, ROOT } from './lib/workspace.js';

const MNIST = process.env.LATENTKIT_MNIST_DIR;

/** What results depend on beside the sources: a change of any of it runs everything again. */
function describeMachine() {
  const data =
    MNIST && existsSync(MNIST)
      ? readdirSync(MNIST).map((name) => {
          const { size, mtimeMs } = statSync(join(MNIST, name));
          return `${name}:${size}:${mtimeMs}`;
        })
      : [];
  return [process.version, platform(), arch(), availableParallelism(), cpus()[0]?.model, ...data].join(' ');
}

/** The tests of a package as its last run, or turbo, left them. */
function readReport(folder) {
  const path = join(ROOT, folder, '.turbo/tests.json');
  if (!existsSync(path)) return { files: [], tests: [] };
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  // A remembered report may come from another checkout: names are cut to those within the repository.
  const within = folder === '.' ? 'scripts/' : `${folder}/`;
  const files = testResults.map(({ name, startTime, endTime, assertionResults }) => ({
    name: name.slice(name.lastIndexOf(`/${within}`) + 1),
    seconds: (endTime - startTime) / 1000,
    assertionResults,
  }));
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName }) => ({ status, name: `${name}: ${fullName}` })),
  );
  return { files, tests };
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--force');
const force = process.argv.includes('--force');
const packages = listPackages().filter(({ manifest }) => manifest.scripts?.test);
const chosen =
  wanted.length === 0 ? packages : packages.filter(({ name }) => wanted.includes(name.split('/').at(-1)));
if (chosen.length < wanted.length) {
  console.error(
    `No package of that name: pnpm test [${packages.map(({ name }) => name.split('/').at(-1)).join(' | ')}]`,
  );
  process.exit(2);
}

const { status } = spawnSync(
  'turbo',
  [
    'run',
    'test',
    ...(wanted.length === 0 ? ['//#test:scripts'] : chosen.map(({ name }) => `--filter=${name}`)),
    ...(force ? ['--force'] : []),
    '--continue',
    '--concurrency=2',
    '--log-order=grouped',
    '--output-logs=new-only',
  ],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, LATENTKIT_TEST_MACHINE: describeMachine() },
  },
);

const reports = [...chosen.map(({ folder }) => folder), ...(wanted.length === 0 ? ['.'] : [])].map(
  readReport,
);
const files = reports.flatMap((report) => report.files);
const tests = reports.flatMap((report) => report.tests);
const count = (kind) => tests.filter((test) => test.status === kind).length;
const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');

console.log('\nSlowest files');
for (const { name, seconds } of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 5)) {
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
}
for (const { name } of slowFiles(files)) {
  console.log(
    `over ${FILE_SECONDS} s: ${name}. On a quiet machine too? Make it faster, or name it in scripts/lib/slow-tests.js with the reason.`,
  );
}
for (const { name } of skipped) console.log(`skipped: ${name}`);
if (!MNIST && skipped.length > 0) {
  console.log('Tests that need real MNIST run where LATENTKIT_MNIST_DIR names a folder with its four files.');
}
console.log(
  ` Tests  ${count('failed')} failed | ${count('passed')} passed | ${skipped.length} skipped (${tests.length} in ${files.length} files)`,
);
process.exitCode = status === 0 && count('failed') === 0 ? 0 : 1;
