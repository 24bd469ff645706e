// Builds pages of a stranger who has the packed packages with each bundler that people use: every entry of every package, a
// page that is then opened in Chromium and must come to the numbers that Node gets, and small imports, which must stay small.
// `pnpm bundlers vite next` looks at these only, and `next-webpack` is looked at when it is named: it takes as long as half of
// the others, and webpack itself is among them. All of it needs Chromium (or CHROMIUM, its path).
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../packages/testing-browser/scripts/find-chromium.js';
import { openPage } from '../packages/testing-browser/scripts/open-page.js';
import { serve } from '../packages/testing-browser/scripts/serve.js';
import { installProjects } from './lib/install-projects.js';
import { packAll } from './lib/pack.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listLibraries, ROOT } from './lib/workspace.js';

const BUNDLERS = ['vite', 'webpack', 'esbuild', 'rollup'];
const PEERS = ['hyparquet-writer', 'tsne-js', 'umap-js']; // optional ones, for the entries that load them
const TOOLS = [...BUNDLERS, '@rollup/plugin-commonjs', '@rollup/plugin-node-resolve', ...PEERS];
// For programs of a terminal: no page imports it.
const NODE_ONLY = ['@latentkit/terminal'];
const NEXT = ['next', 'react', 'react-dom'];
// As Vite's template has them, and no types of Node. tfjs-core's own types need skipLibCheck.
const PAGE_TYPES = [
  ...['--noEmit', '--strict', '--skipLibCheck', '--types', ''],
  ...['--module', 'esnext', '--moduleResolution', 'bundler'],
  ...['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable'],
];
// A page shares memory with workers only under these.
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const HTML = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

/** Only what is imported is bundled: imports, and the most bytes that a page loads for them, minified. */
const SMALL = [
  { use: 'fromArrays', from: 'latentkit', most: 30_000 },
  { use: 'importFiles', from: '@latentkit/datasets/import', most: 120_000 },
  { use: 'drawSamples', from: '@latentkit/figures', most: 60_000 },
  { use: 'classColor', from: '@latentkit/figures/colors', most: 6_000 },
  { use: 'parseConfig', from: '@latentkit/experiment', most: 260_000 }, // 80 kB of tfjs-core, and every part's row: kinds, nets, likelihoods
  { use: 'openOpfsRunStore', from: '@latentkit/experiment/store', most: 25_000 },
  { use: 'resumeRun', from: '@latentkit/experiment/store', most: 290_000 }, // the same, and no figures
];
const MINIFIERS = ['vite', 'esbuild']; // as they are set here
const EMITTERS = ['vite', 'webpack']; // of the files that a script names by `new URL`

/** Every import that a page may have, by the name of a file. */
function listEntries(libraries) {
  return libraries.flatMap(({ name, manifest }) =>
    Object.keys(manifest.exports)
      .filter((key) => key !== './package.json' && !/^\.\/node(\/|$)/.test(key) && !key.endsWith('/worker'))
      .map((key) => name + key.slice(1)),
  );
}

const fileOf = (specifier) => `all-${specifier.replaceAll(/[@/]+/g, '-')}.js`;

/** Writes the pages; the files of a bundlers' project that make the one big build. */
function writePages(bundlers, next, entries) {
  cpSync(join(ROOT, 'scripts/bundlers/project'), bundlers, { recursive: true });
  for (const entry of entries) {
    writeFileSync(
      join(bundlers, fileOf(entry)),
      `import * as all from '${entry}';\n\nglobalThis.all = all;\n`,
    );
  }
  for (const { use, from } of SMALL) {
    writeFileSync(
      join(bundlers, `small-${use}.js`),
      `import { ${use} } from '${from}';\n\nglobalThis.use = ${use};\n`,
    );
  }
  cpSync(join(ROOT, 'scripts/bundlers/next'), next, { recursive: true });
  cpSync(join(ROOT, 'scripts/bundlers/project/use.js'), join(next, 'app/use.js'));
  // Each npm package of the other entries brings a compiler of its own, over which Next's webpack takes a minute.
  const own = entries.filter((entry) => !entry.endsWith('-js'));
  const imports = own.map((entry, i) => `import * as all${i} from '${entry}';\n`).join('');
  const names = own.map((_, i) => `all${i}`).join(', ');
  writeFileSync(join(next, 'app/all.js'), `${imports}\nexport const all = [${names}];\n`);
}

/** Bytes of a built script and of all that it imports at once. */
function loadedBytes(script) {
  const scripts = new Set([script]);
  let bytes = 0;
  for (const path of scripts) {
    const text = readFileSync(path, 'utf8');
    bytes += Buffer.byteLength(text);
    for (const [, name] of text.matchAll(/(?:from|\bimport)\s*"(\.[^"]+)"/g))
      scripts.add(join(dirname(path), name));
  }
  return bytes;
}

/** Throws when one of the small imports loads much, where it is minified, or emits a font. */
function checkSmall(folderOf, isMinified) {
  const sizes = SMALL.map(({ use, most }) => {
    const folder = folderOf(use);
    const fonts = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ttf'));
    if (fonts.length > 0) throw new Error(`${use}: fonts that nobody imports: ${fonts}`);
    const bytes = loadedBytes(join(folder, `small-${use}.js`));
    if (isMinified && bytes > most) throw new Error(`${use}: expected at most ${most} bytes, got ${bytes}`);
    return `${use} ${bytes}`;
  });
  return `${sizes.join(', ')} bytes`;
}

/** Opens what was built, and throws unless it comes to the expected outcome. */
async function openBuilt(browser, folder, expected) {
  const server = await serve(folder, ISOLATED);
  try {
    const outcome = JSON.stringify(await openPage(browser, `${server.origin}/`));
    if (outcome !== expected) throw new Error(`expected ${expected}\ngot      ${outcome}`);
    return 'the page trains on 2 threads, decodes and maps in a worker, with the bits of Node';
  } finally {
    await server.close();
  }
}

const asked = process.argv.slice(2);
const isAsked = (name) => asked.length === 0 || asked.includes(name);
const report = createReport('bundlers');
const { check } = report;
await withTempFolder(async (folder) => {
  const libraries = listLibraries().filter(({ name }) => !NODE_ONLY.includes(name));
  const packages = new Map(libraries.map((one) => [one.name, one]));
  const [bundlers, next] = ['bundlers', 'next'].map((name) => join(folder, 'projects', name));
  const entries = listEntries(libraries);
  const installed = await check(`pack and install ${packages.size} packages and the bundlers`, async () => {
    await packAll(packages, join(folder, 'tarballs'));
    const needed = [...packages.keys(), '@tensorflow/tfjs-core'];
    const projects = { bundlers: [...needed, ...TOOLS], next: [...needed, ...NEXT] };
    mkdirSync(join(folder, 'projects'));
    await installProjects(join(folder, 'projects'), packages, projects);
    writePages(bundlers, next, entries);
  });
  if (!installed) return;
  let expected;
  await check('Node, not bundled', async () => {
    expected = (await run('node', ['print-outcome.js'], { cwd: bundlers })).trim();
    const { workers, notes } = JSON.parse(expected);
    if (workers !== 2 || notes.length > 0) throw new Error(`expected two threads, got ${workers}: ${notes}`);
  });
  await check('types of every entry, in a strict project for pages', async () => {
    const lines = entries.map((entry, i) => `export * as all${i} from '${entry}';\n`);
    writeFileSync(join(bundlers, 'types.ts'), lines.join(''));
    await run('tsc', [...PAGE_TYPES, 'types.ts'], { cwd: bundlers });
  });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  try {
    for (const name of BUNDLERS.filter(isAsked)) {
      const at = (file) => join(bundlers, file);
      const build = (...wanted) => {
        const builds = wanted.map(({ out, files }) => ({ out: at(out), files: files.map(at) }));
        return run('node', [`build-${name}.js`, JSON.stringify(builds)], { cwd: bundlers });
      };
      const out = `out-${name}`;
      const built = await check(
        `${name}: ${entries.length} entries of all packages, and a page`,
        async () => {
          await build({ out, files: [...entries.map(fileOf), 'page.js'] });
        },
      );
      if (!built) continue;
      writeFileSync(join(bundlers, out, 'index.html'), HTML);
      await check(`${name}: the page`, () => openBuilt(browser, join(bundlers, out), expected));
      const isMinified = MINIFIERS.includes(name);
      if (!isMinified && !EMITTERS.includes(name)) continue;
      await check(`${name}: only what is imported`, async () => {
        // Each alone: what two entries share is a chunk, which either loads whole.
        await build(...SMALL.map(({ use }) => ({ out: `${out}-${use}`, files: [`small-${use}.js`] })));
        return checkSmall((use) => join(bundlers, `${out}-${use}`), isMinified);
      });
    }
    const flags = [isAsked('next') && '--turbopack', asked.includes('next-webpack') && '--webpack'];
    for (const flag of flags.filter(Boolean)) {
      const built = await check(`next build ${flag}: one page with all packages`, async () => {
        const env = { NEXT_TELEMETRY_DISABLED: '1' };
        await run('node', ['node_modules/next/dist/bin/next', 'build', flag], { cwd: next, env });
      });
      if (built) await check(`next ${flag}: the page`, () => openBuilt(browser, join(next, 'out'), expected));
    }
  } finally {
    await browser.close();
  }
});
report.finish();
