import { openPage } from './open-page.js';
import { serve } from './serve.js';

/** A content security policy that allows no more than it must: the page's own files, and connections as said. */
export const contentPolicy = (
  connect,
  { scripts = "'self' 'wasm-unsafe-eval'", workers = "'self'" } = {},
) => ({
  'content-security-policy': `default-src 'none'; script-src ${scripts}; worker-src ${workers}; connect-src ${connect}; img-src data:`,
});

const REFUSED = [
  [
    'a policy without WebAssembly',
    contentPolicy("'self' blob:", { scripts: "'self'" }),
    '',
    /'wasm-unsafe-eval'/,
  ],
  ['a policy without blobs', contentPolicy("'self'"), '', /Add blob: to its connect-src; or serve .*wasmUrl/],
  ['a binary that is not there', {}, '?wasmUrl=/nowhere.wasm', /answered 404 for \/nowhere.wasm/],
];
const NOTE = /^one thread instead of 2: .*could not start: its file could not be loaded; .*worker-src/;

/**
 * Opens pages that are in the way of WebAssembly or of workers: the one must fail with the remedy that is the page's own, the
 * other must say so and do without.
 */
export async function checkObstacles({ browser, folder, isolation, check }) {
  for (const [name, headers, query, remedy] of REFUSED) {
    const server = await serve(folder, headers);
    await check(`${name} is told with its remedy`, async () => {
      const reason = await openPage(browser, `${server.origin}/${query}`).then(
        () => 'it passed',
        ({ message }) => message,
      );
      if (!remedy.test(reason)) throw new Error(`expected ${remedy}, got ${reason}`);
    });
    await server.close();
  }
  for (const [name, headers, missing] of [
    ['a worker file that is not there', isolation, /worker-/],
    ['a policy without workers', { ...isolation, ...contentPolicy("'self'", { workers: "'none'" }) }],
  ]) {
    const server = await serve(folder, headers, {}, missing);
    await check(`${name} leaves one thread, with a note`, async () => {
      const { workers, notes } = await openPage(browser, `${server.origin}/?workers=2&recipes=`, /worker/);
      if (workers === 1 && notes.length === 1 && NOTE.test(notes[0])) return;
      throw new Error(`expected ${NOTE}, got ${workers} workers and ${JSON.stringify(notes)}`);
    });
    await server.close();
  }
}
