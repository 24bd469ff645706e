// Builds the lab and uses it in Chromium as a person would, under its real content policy: on an isolated page and a plain one, with
// WebGL and without. Run: pnpm web [part of a check's name]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '@latentkit/testing-browser/scripts/find-chromium.js';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { SIZE_CHECKS } from './size.js';
import { TRAIN_CHECKS } from './train.js';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
/** Since Chromium 144 a page has no WebGL without a graphics card, unless it is told so. */
const GRAPHICS = {
  webgl: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  none: ['--disable-gpu'],
};
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const wanted = process.argv[2] ?? '';
const CHECKS = [...SIZE_CHECKS, ...TRAIN_CHECKS].filter(({ name }) => name.includes(wanted));
let failures = 0;

/** A page of the lab that notes what goes wrong on it: errors, refusals of the policy, requests to anywhere else. */
async function openLab(browser, origin, { hash = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(origin))
      problems.push(`request to another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (!response.ok()) problems.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(`${origin}/${hash}`);
  return { page, context, problems };
}

async function runCheck({ name, run, graphics = 'webgl', isolated = true }, { browsers, folder }) {
  const start = performance.now();
  const server = await serve(folder, isolated ? ISOLATED : {});
  const opened = [];
  try {
    const open = async (options) => {
      const lab = await openLab(browsers[graphics], server.origin, options);
      opened.push(lab);
      return lab;
    };
    const found = await run({ open, origin: server.origin, folder });
    const problems = opened.flatMap((lab) => lab.problems);
    if (problems.length > 0) throw new Error(problems.join('\n      '));
    console.log(`ok    ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    for (const line of [found ?? []].flat()) console.log(`      ${line}`);
  } catch (error) {
    failures++;
    console.error(`FAIL  ${name}\n      ${error.message}`);
    for (const { problems } of opened) for (const problem of problems) console.error(`      ${problem}`);
  } finally {
    for (const { context } of opened) await context.close();
    await server.close();
  }
}

async function main() {
  const executablePath = findChromium();
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-web-'));
  const browsers = {};
  try {
    await build({
      configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
      logLevel: 'error',
      build: { outDir: join(folder, 'page'), emptyOutDir: true },
    });
    for (const [name, flags] of Object.entries(GRAPHICS)) {
      browsers[name] = await chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
    }
    console.log(`Chromium ${browsers.webgl.version()}, Node ${process.version}`);
    for (const check of CHECKS) await runCheck(check, { browsers, folder: join(folder, 'page') });
  } finally {
    for (const browser of Object.values(browsers)) await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    failures === 0 ? `web: all ${CHECKS.length} hold` : `web: ${failures} of ${CHECKS.length} failed`,
  );
  if (failures > 0) process.exitCode = 1;
}

await main().catch((error) => {
  console.error(`web: ${error.message}`);
  process.exitCode = 1;
});
