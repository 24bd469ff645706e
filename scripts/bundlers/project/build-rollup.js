// Rollup with the plugin that finds packages, and the one for CommonJS, which tfjs-core needs. Workers as for esbuild.
import { parse } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { builds } from './builds.js';
import { workersOf } from './workers.js';

for (const { out, files } of builds) {
  const input = { ...workersOf(files), ...Object.fromEntries(files.map((file) => [parse(file).name, file])) };
  const plugins = [nodeResolve({ browser: true, preferBuiltins: false }), commonjs()];
  const bundle = await rollup({ input, plugins });
  await bundle.write({ dir: out });
}
