// esbuild leaves `new Worker(new URL('./x.js', import.meta.url))` as it is: workers are entries of their own, beside the page.
import { parse } from 'node:path';
import { build } from 'esbuild';
import { workersOf } from './workers.js';

const [outdir, ...files] = process.argv.slice(2);
const entryPoints = {
  ...workersOf(files),
  ...Object.fromEntries(files.map((file) => [parse(file).name, file])),
};
await build({ entryPoints, outdir, bundle: true, format: 'esm', splitting: true, minify: true });
