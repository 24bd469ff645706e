// An engine of `pnpm bench --browser`: a page in a Chromium of its own, asked over the protocol of protocol.ts.
// Arguments: the workload's file, the folder of the built page, the engine, threads, whether the page is isolated.
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findChromium } from '@latentkit/testing-browser/scripts/find-chromium.js';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { chromium } from 'playwright-core';

const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const FLAGS = ['--headless', '--no-sandbox', '--no-first-run', '--disable-background-networking'];
/** Who draws on a GPU has the machine's, or a software one where there is none. */
const graphicsOf = (engine) =>
  engine === 'tfjs-webgl' ? ['--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'] : ['--disable-gpu'];
const TFJS_BINARIES = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function openPage(browser, { workloadPath, pageFolder, engine, workers, isolated, version }) {
  const tfjs = dirname(
    fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')),
  );
  const server = await serve(pageFolder, isolated === 'isolated' ? ISOLATED : {}, {
    '/workload.json': workloadPath,
    '/images.bytes': join(dirname(workloadPath), 'images.bytes'),
    ...Object.fromEntries(TFJS_BINARIES.map((name) => [`/tfjs/${name}`, join(tfjs, name)])),
  });
  const page = await browser.newPage();
  page.on('pageerror', ({ message }) => send({ error: message }));
  await page.goto(`${server.origin}/?${new URLSearchParams({ engine, workers, version })}`);
  await page.waitForFunction('globalThis.answers');
  return page;
}

async function main() {
  const [workloadPath, pageFolder, engine, workers, isolated, version] = process.argv.slice(2);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...FLAGS, ...graphicsOf(engine)],
  });
  try {
    const page = await openPage(browser, { workloadPath, pageFolder, engine, workers, isolated, version });
    const { versions, ...greeting } = await page.evaluate(async () => (await globalThis.answers).greeting);
    send({ ...greeting, how: isolated, versions: { ...versions, chromium: browser.version() } });
    for await (const line of createInterface({ input: process.stdin })) {
      const measured = page.evaluate(
        async (request) => (await globalThis.answers).measure(request),
        JSON.parse(line),
      );
      send(await measured.catch(({ message }) => ({ error: message })));
    }
  } finally {
    await browser.close();
  }
}

await main().catch(({ message }) => send({ error: message }));
