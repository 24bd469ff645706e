// Compiles each family of kernels to WebAssembly and writes it as a base64 module, so that it needs no file, no fetch
// and no bundler setting wherever the package is imported.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = new URL('../', import.meta.url);
const entries = await readdir(new URL('assembly/', root), { withFileTypes: true });
const families = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const generated = new URL('src/generated/', root);

await rm(generated, { recursive: true, force: true });
await mkdir(generated, { recursive: true });
for (const family of families) await write(family, { as: family });
// The same sources, in which sums of products are fused: assembly/nn/multiply-add.ts.
await write('nn', { as: 'nnFused', flags: ['--enable', 'relaxed-simd'] });

async function write(family, { as, flags = [] }) {
  const { error, stderr, stdout, binary } = await compile(family, flags);
  if (error) throw new Error(`${as}: ${error.message}\n${stderr}${stdout}`);
  const text = `/** assembly/${family} as WebAssembly, base64. Made by scripts/build-wasm.js. */
export const ${as}Binary =\n  '${Buffer.from(binary).toString('base64')}';\n`;
  const file = as.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  await writeFile(new URL(`${file}-binary.ts`, generated), text);
}

async function compile(family, flags) {
  let binary;
  const result = await asc.main(
    [
      `assembly/${family}/index.ts`,
      ...['--outFile', `${family}.wasm`, '--baseDir', fileURLToPath(root)],
      // The module lives in a memory that somebody else allocates: no static data, no heap and no stack of its own.
      ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--use', 'abort='],
      ...['-O3', '--converge', '--enable', 'simd', ...flags],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  return { ...result, stdout: result.stdout.toString(), stderr: result.stderr.toString(), binary };
}
