// Embeds tfjs's SIMD binary as a base64 module that browsers load on demand: bundlers then need no setting, and no
// server has to serve a .wasm file. Node never loads it; there tfjs reads its own file.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const binary = await readFile(
  require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
);
const generated = new URL('../src/generated/', import.meta.url);
await mkdir(generated, { recursive: true });
await writeFile(
  new URL('tfjs-binary.ts', generated),
  `/** tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm (Apache-2.0), base64. Made by scripts/embed-tfjs-wasm.js. */
export const tfjsBinary =\n  '${binary.toString('base64')}';\n`,
);
