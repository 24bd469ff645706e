import { fileURLToPath } from 'node:url';
import { findChromium } from '@latentkit/testing-browser/scripts/find-chromium.js';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const NO_GRAPHICS = ['--disable-gpu', '--disable-software-rasterizer'];
/**
 * Since Chromium 144 a page has no WebGL without a graphics card, unless it is told so; Playwright tells it so, and has to be told
 * otherwise. The page is put together on the processor in both: to have a processor play the GPU for that too takes most of its time.
 */
const GRAPHICS = {
  webgl: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing'],
  none: NO_GRAPHICS,
  // As a browser from before 2023: of processors without SSE 4.1, Chromium says that they have no vectors.
  noSimd: [...NO_GRAPHICS, '--js-flags=--no-enable-sse4-1'],
};
/** Headers that give a page several threads. */
export const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A first visit, as it were: what answers for the host is held by checks of its own, and would answer in the place of what others replace. */
const VISIT = { viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' };
/** What hangs ends; a loaded machine is no failure. */
const PATIENCE_MS = 180_000;

/** Builds the lab as it is published. */
export async function buildPage(outDir) {
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

/** Builds the element for pages of others, as it is published. */
export async function buildEmbed(outDir) {
  await build({
    configFile: fileURLToPath(new URL('../vite.embed.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

/** Builds the map of points alone, under the same policy. */
export async function buildScatterPage(outDir) {
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    root: fileURLToPath(new URL('scatter-page', import.meta.url)),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
}

/** @param {'webgl' | 'none' | 'noSimd'} graphics */
export function launch(graphics) {
  return chromium.launch({ executablePath: findChromium(), args: [...FLAGS, ...GRAPHICS[graphics]] });
}

/** A context that waits long for what is to come. */
export async function newContext(browser, options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** A page of the lab that notes what goes wrong on it: errors, refusals of the policy, requests to anywhere else. */
export async function openLab(browser, origin, { hash = '', workerScript = '', ...options } = {}) {
  const context = await newContext(browser, { ...VISIT, ...options });
  if (workerScript) await sayBeforeWorkers(context, workerScript);
  return { context, ...(await openPage(context, origin, hash)) };
}

/** Runs a script in each worker of the lab before its own: a browser that lacks something, or a part that is switched off. */
export async function sayBeforeWorkers(context, script) {
  await context.route('**/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

/** The lab as a person opens it again, with what the browser has kept in a folder. */
export async function openLabAgain(folder, origin, hash = '') {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    args: [...FLAGS, ...GRAPHICS.none],
    ...VISIT,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return { context, close: () => context.close(), ...(await openPage(context, origin, hash)) };
}

async function openPage(context, origin, hash) {
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
  return { page, problems };
}
