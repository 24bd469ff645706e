// Builds the page, draws digits, trains and draws figures in Chromium on it and in a worker, under several policies, and in
// Node: all pixels and weights must be the same bytes, and all figures come out. Then it trains the recipes of same-bits.
// Run: pnpm browser
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startWasmBackend } from '@latentkit/backend';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { collectResults } from '../src/collect-results.ts';
import { checkDownloads } from './check-downloads.js';
import { checkObstacles, contentPolicy } from './check-obstacles.js';
import { checkSameBits } from './check-same-bits.js';
import { checkStore } from './check-store.js';
import { checkUse } from './check-use.js';
import { findChromium } from './find-chromium.js';
import { openPage } from './open-page.js';
import { serve } from './serve.js';

const CHROMIUM_FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const WASM = '/tfjs-backend-wasm-simd.wasm';
const POLICIES = [
  { name: 'a plain page', headers: {}, query: '' },
  { name: 'an isolated page', headers: ISOLATED, query: '' },
  { name: 'a page whose policy allows blobs', headers: contentPolicy("'self' blob:"), query: '' },
  { name: 'a page whose policy allows none', headers: contentPolicy("'self'"), query: `&wasmUrl=${WASM}` },
];

const require = createRequire(import.meta.url);
const wasmFile = require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm');
let failures = 0;

async function check(name, run) {
  const start = performance.now();
  try {
    await run();
    console.log(`ok    ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures++;
    console.error(`FAIL  ${name}\n      ${error.message}`);
  }
}

/** Throws unless the outcome is Node's, and came about as it should. */
function compare(outcome, expected, isolated) {
  const wanted = JSON.stringify({ ...expected, backend: 'wasm', isolated, threads: false });
  if (JSON.stringify(outcome) !== wanted) {
    throw new Error(`expected ${wanted}\n      got      ${JSON.stringify(outcome)}`);
  }
}

async function runAll({ browser, launch, folder }) {
  await startWasmBackend();
  const expected = await collectResults();
  console.log(`figures drawn in each place: ${expected.figures.join(', ')}`);
  for (const { name, headers, query } of POLICIES) {
    const server = await serve(folder, headers, { [WASM]: wasmFile });
    for (const where of ['page', 'worker']) {
      await check(
        `${name}, ${where === 'page' ? 'on it' : 'in a worker'}: the results are Node's`,
        async () => {
          const outcome = await openPage(browser, `${server.origin}/?where=${where}${query}`);
          compare(outcome, expected, headers === ISOLATED);
        },
      );
    }
    await server.close();
  }
  await checkDownloads({ browser, folder, isolation: ISOLATED, check });
  await checkStore({ launch, folder, check });
  await checkUse({ browser, folder, isolation: ISOLATED, check });
  await checkSameBits({ browser, folder, isolation: ISOLATED, check });
  await checkObstacles({ browser, folder, isolation: ISOLATED, check });
  const server = await serve(folder, {});
  for (const [name, query] of [
    ['a failure on the page', '?fail'],
    ['a failure in the worker', '?fail&where=worker'],
  ]) {
    await check(`${name} fails the run`, async () => {
      const outcome = await openPage(browser, `${server.origin}/${query}`).catch(() => 'failed');
      if (outcome !== 'failed') throw new Error('it passed');
    });
  }
  await server.close();
}

async function main() {
  const executablePath = findChromium();
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-browser-'));
  try {
    await build({
      root: fileURLToPath(new URL('..', import.meta.url)),
      logLevel: 'error',
      build: { outDir: join(folder, 'page'), chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
      worker: { format: 'es' },
    });
    const options = { executablePath, args: CHROMIUM_FLAGS };
    const launch = (profile) => chromium.launchPersistentContext(profile, options);
    const browser = await chromium.launch(options);
    try {
      console.log(`Chromium ${browser.version()}, Node ${process.version}`);
      await runAll({ browser, launch, folder: join(folder, 'page') });
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(failures === 0 ? 'browser: all the same' : `browser: ${failures} failed`);
  if (failures > 0) process.exitCode = 1;
}

await main().catch((error) => {
  console.error(`browser: ${error.message}`);
  process.exitCode = 1;
});
