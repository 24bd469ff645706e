// Rollup with the plugins that everyone uses; what stands on tfjs needs the one for CommonJS, as tfjs-core itself does.
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const [dir, ...input] = process.argv.slice(2);
const plugins = [nodeResolve({ browser: true, preferBuiltins: false }), commonjs()];
const bundle = await rollup({ input, plugins });
await bundle.write({ dir });
