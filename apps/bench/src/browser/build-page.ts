import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Builds the page of the engines in a browser, and gives its folder. */
export async function buildPage(folder: string): Promise<string> {
  const { build } = await import('vite'); // for who asks for a browser only
  const outDir = join(folder, 'page');
  await build({
    root: fileURLToPath(new URL('../..', import.meta.url)), // from `src` and from `dist` alike
    logLevel: 'error',
    // tfjs starts its threads from the text of a function, whose outer names must stay.
    build: { outDir, minify: false, target: 'esnext', chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
    worker: { format: 'es' },
  });
  return outDir;
}
