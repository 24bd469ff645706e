// What packages/kernels/scripts/measure-gemm.js prints, measured in headless Chromium, and which tile some fresh pages choose there.
// Run: node apps/bench/scripts/measure-gemm-in-page.js [part of a name], after a build
import { fileURLToPath } from 'node:url';
import { findChromium } from '@latentkit/testing-browser/scripts/find-chromium.js';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { chromium } from 'playwright-core';

const PAGES = 10;
const MODULES = {
  '@latentkit/core': '/core/dist/index.js',
  '@latentkit/kernels': '/kernels/dist/index.js',
  '@latentkit/kernels/nn': '/kernels/dist/nn.js',
};

const server = await serve(fileURLToPath(new URL('../../../packages', import.meta.url)), {});
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--headless', '--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-gpu'],
});

/** A fresh page in which modules of this repository can be imported. */
async function openPage() {
  const page = await browser.newPage();
  await page.goto(`${server.origin}${MODULES['@latentkit/kernels']}`);
  await page.evaluate((imports) => {
    const map = Object.assign(document.createElement('script'), { type: 'importmap' });
    map.textContent = JSON.stringify({ imports });
    document.head.append(map);
  }, MODULES);
  return page;
}

try {
  console.log(`Chromium ${browser.version()}`);
  const page = await openPage();
  page.on('console', (message) => console.log(message.text()));
  await page.evaluate(
    async ([address, part]) => {
      globalThis.process = { argv: ['', '', part] };
      await import(address);
    },
    ['/kernels/scripts/measure-gemm.js', process.argv[2] ?? ''],
  );
  await page.close();
  const chosen = [];
  for (let i = 0; i < PAGES; i++) {
    const fresh = await openPage();
    chosen.push(
      await fresh.evaluate(async () => {
        const { createKernelMemory } = await import('@latentkit/kernels');
        const { createNnKernels, setFastestTile } = await import('@latentkit/kernels/nn');
        return setFastestTile(await createNnKernels(createKernelMemory()));
      }),
    );
    await fresh.close();
  }
  console.log(`tiles that ${PAGES} fresh pages chose: ${chosen.join(', ')}`);
} finally {
  await browser.close();
  await server.close();
}
