import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';

const MOST_BYTES = 60_000;

interface Output {
  readonly type: string;
  readonly code?: string;
  readonly moduleIds?: readonly string[];
}

/** What a page loads for some imports of the built package, minified and compressed, beside tfjs-core. */
async function bundle(program: string) {
  const entry = 'virtual:page';
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('..', import.meta.url)),
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? fileURLToPath(new URL('../page.js', import.meta.url)) : undefined),
        load: (id) => (id.endsWith('/models/page.js') ? program : undefined),
      },
    ],
    build: {
      write: false,
      rollupOptions: { input: entry, external: ['@tensorflow/tfjs-core'], preserveEntrySignatures: 'strict' },
    },
  });
  const [{ output }] = [result].flat() as unknown as [{ output: readonly Output[] }];
  const chunks = output.filter(({ type }) => type === 'chunk');
  return {
    bytes: chunks.reduce((total, { code }) => total + gzipSync(code!).length, 0),
    modules: chunks.flatMap(({ moduleIds = [] }) => moduleIds),
  };
}

it.each([
  ['createTrainedModel', "export { createTrainedModel } from '@latentkit/models';", 'formats|'],
  [
    'createTrainedModel and loadModel',
    "export { createTrainedModel } from '@latentkit/models'; export { loadModel } from '@latentkit/models/saved';",
    '',
  ],
])(
  'a page with %s loads less than 60 kB, and no backend, dataset or figure',
  async (names, program, more) => {
    const { bytes, modules } = await bundle(program);
    expect(modules.some((id) => id.includes('trained-model'))).toBe(true);
    expect(bytes).toBeLessThan(MOST_BYTES);
    expect(bytes).toBeGreaterThan(5000); // it is the code, and not an empty page
    const foreign = new RegExp(`packages/(${more}backend|datasets|figures|kernels|trainers|experiment)/`);
    expect(modules.filter((id) => foreign.test(id))).toEqual([]);
    process.stdout.write(`${names} in a page: ${bytes} bytes compressed\n`);
  },
);
