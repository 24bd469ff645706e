// esbuild leaves `new Worker(new URL('./x.js', import.meta.url))` as it is: workers are entries of their own, beside the page.
import { parse } from 'node:path';
import { build } from 'esbuild';
import { builds } from './builds.js';
import { workersOf } from './workers.js';

for (const { out, files } of builds) {
  const entryPoints = {
    ...workersOf(files),
    ...Object.fromEntries(files.map((file) => [parse(file).name, file])),
  };
  await build({ entryPoints, outdir: out, bundle: true, format: 'esm', splitting: true, minify: true });
}
