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
for (const family of families) {
  const { error, stderr, stdout, binary } = await compile(family);
  if (error) throw new Error(`${family}: ${error.message}\n${stderr}${stdout}`);
  const text = `/** assembly/${family} as WebAssembly, base64. Made by scripts/build-wasm.js. */
export const ${family}Binary =\n  '${Buffer.from(binary).toString('base64')}';\n`;
  await writeFile(new URL(`${family}-binary.ts`, generated), text);
}

async function compile(family) {
  let binary;
  const result = await asc.main(
    [
      `assembly/${family}/index.ts`,
      ...['--outFile', `${family}.wasm`, '--baseDir', fileURLToPath(root)],
      // The module lives in a memory that somebody else allocates: no static data, no heap and no stack of its own.
      ...['--runtime', 'stub', '--importMemory', '--noExportMemory', '--use', 'abort='],
      ...['-O3', '--converge', '--enable', 'simd'],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  return { ...result, stdout: result.stdout.toString(), stderr: result.stderr.toString(), binary };
}
