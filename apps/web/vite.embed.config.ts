import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { passLicenses } from './scripts/pass-licenses.ts';

const repository = join(import.meta.dirname, '../..');
const licenses = passLicenses({ Latentkit: join(repository, 'LICENSE') });

/**
 * A single file has no workers beside it, and computes on the page's own thread: what would start one is left out, which would else
 * bring a second program into the build.
 */
const oneThread: Plugin = {
  name: 'one-thread',
  enforce: 'pre',
  load(id) {
    if (!/backend\/dist\/threads\/spawn-worker\.js$/.test(id)) return undefined;
    return `export function spawnWorker() { throw new Error('this build has one thread'); }`;
  },
};

/** `<latentkit-map>` as one ES module, for pages of anybody: docs/embed.md. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [oneThread, licenses.page],
  build: {
    target: 'es2023',
    outDir: 'dist/embed',
    modulePreload: false,
    chunkSizeWarningLimit: 450,
    rollupOptions: {
      input: join(import.meta.dirname, 'src/embed/latentkit-map.ts'),
      output: { entryFileNames: '[name].js', codeSplitting: false },
    },
  },
});
