// esbuild leaves `new Worker(new URL('./x.js', import.meta.url))` as it is: the workers are entries of their own, beside the page.
import { build } from 'esbuild';

const [outdir, ...entryPoints] = process.argv.slice(2);
await build({ entryPoints, outdir, bundle: true, format: 'esm', splitting: true, minify: true, logLevel: 'warning' });
