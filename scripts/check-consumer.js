// Uses the packages as a stranger would, from their tarballs: losses in a tfjs project, each package alone, all on Node 22.
// `node scripts/check-consumer.js losses models` looks at these packages (and what they need) only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aloneProject, createConsumer } from './consumer/create-consumer.js';
import { firstSnippet } from './lib/first-snippet.js';
import { packAll } from './lib/pack.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listExamples, listPublicPackages, ROOT } from './lib/workspace.js';

/** The named packages and all that they need, or every public one. */
function choosePackages(names) {
  const all = new Map(listPublicPackages().map((one) => [one.name, one]));
  if (names.length === 0) return all;
  const chosen = new Map();
  const add = (name) => {
    const one = all.get(name);
    if (one === undefined) throw new Error(`no public package is called ${name}`);
    chosen.set(name, one);
    for (const needed of Object.keys(one.manifest.dependencies ?? {})) if (all.has(needed)) add(needed);
  };
  for (const name of names) add(all.has(name) ? name : `@latentkit/${name}`);
  return chosen;
}

/** They train for long, by what the others use: `pnpm examples` is enough for them. */
const LONG_EXAMPLES = [
  '03-embeddings.js',
  '14-classes-of-few.js',
  '16-grey-pixels.js',
  '17-codes-of-a-codebook.js',
];

/** What a command is asked to do where nothing but its package is installed: all it can, in a few seconds. */
const COMMANDS = [
  ['train', '--limit', '500', '--epochs', '1', '--out', 'run', '--force'],
  ['ui', 'run', '--limit', '100', '--out', 'site', '--force'], // with the page that the package brings
  ['ui', 'run', '--limit', '100', '--embed', '--out', 'map', '--force'],
];

/** Runs a package's README snippet, or its command, where nothing but the package is installed, on the oldest Node that it takes. */
async function useAlone(consumer, one, node) {
  const cwd = join(consumer, aloneProject(one));
  const { bin } = one.manifest;
  if (bin !== undefined) {
    const program = join('node_modules', one.name, Object.values(bin)[0]);
    for (const command of COMMANDS) await run(node, [program, ...command], { cwd });
    return;
  }
  const { code, extension } = firstSnippet(one.path);
  const file = join(cwd, `snippet.${extension}`);
  writeFileSync(file, code);
  await run(node, [file], { cwd });
}

const report = createReport('consumer');
const { check } = report;
await withTempFolder(async (folder) => {
  const packages = choosePackages(process.argv.slice(2));
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);

  const packed = await check(`pack ${packages.size} packages`, () =>
    packAll(packages, join(folder, 'tarballs')),
  );
  if (!packed || !(await check('install the tarballs', () => createConsumer(consumer, packages)))) return;

  if (packages.has('@latentkit/losses')) {
    const cwd = join(consumer, 'reuse');
    await check('reuse: losses in a tfjs project', async () =>
      (await run('node', ['main.js'], { cwd })).trim(),
    );
    await check('reuse: the same, bundled by Vite', async () => {
      await run('pnpm', ['exec', 'vite', 'build'], { cwd });
      return (await run('node', ['bundle/main.js'], { cwd })).trim();
    });
  }

  const node22 = join(consumer, 'node22/node_modules/node22/bin/node');
  await check('node22: version', async () => {
    const version = (await run(node22, ['-p', 'process.version'])).trim();
    if (!version.startsWith('v22.')) throw new Error(`expected Node 22, got ${version}`);
    return version;
  });
  for (const one of packages.values())
    await check(`alone, node22: ${one.name}`, () => useAlone(consumer, one, node22));
  if (process.argv.length > 2) return; // examples and golden traces need every package
  for (const file of listExamples().filter((name) => !LONG_EXAMPLES.includes(name))) {
    const cwd = join(folder, file);
    mkdirSync(cwd);
    await check(
      `node22: ${file}`,
      async () => void (await run(node22, [join(consumer, 'node22', file)], { cwd })),
    );
  }
  await check('node22: golden traces', async () => {
    const fixtures = join(ROOT, 'packages/trainers/fixtures');
    await run(node22, ['golden-traces.js', fixtures], { cwd: join(consumer, 'node22') });
  });
});
report.finish();
