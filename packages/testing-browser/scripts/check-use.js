import { startWasmBackend } from '@latentkit/backend';
import { useModels } from '../src/use-model.ts';
import { openPage } from './open-page.js';
import { serve } from './serve.js';

const RUNS = [
  { name: 'on an accelerator of 2', query: 'use=2', isolated: true, workers: 2 },
  { name: 'on an accelerator of 2, in a worker', query: 'use=2&where=worker', isolated: true, workers: 2 },
  { name: 'on an accelerator of 1', query: 'use=1', isolated: false, workers: 1 },
  { name: 'on tfjs', query: 'use=tfjs', isolated: false, workers: null },
];

/** Models used in the browser give what they give in Node; on an accelerator, tfjs's binary is neither fetched nor started. */
export async function checkUse({ browser, folder, isolation, check }) {
  await startWasmBackend();
  const { hashes } = await useModels('tfjs');
  for (const { name, query, isolated, workers } of RUNS) {
    const server = await serve(folder, isolated ? isolation : {});
    await check(`models used ${name}: the results are Node's`, async () => {
      const { binaries, ...outcome } = await openPage(browser, `${server.origin}/?${query}`);
      const backends = workers === null ? ['wasm'] : [];
      const [got, wanted] = [outcome, { hashes, workers, backends, isolated }].map((one) =>
        JSON.stringify(one),
      );
      if (got !== wanted) throw new Error(`expected ${wanted}\n      got      ${got}`);
      if (binaries.length > 0 !== (workers === null)) {
        throw new Error(`expected ${workers === null ? 'a binary' : 'no binary'} of tfjs, got ${binaries}`);
      }
    });
    await server.close();
  }
}
