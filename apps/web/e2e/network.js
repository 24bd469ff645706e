import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { hold } from './hands.js';
import { openLab } from './lab-browser.js';

const MIRROR = 'https://cdn.jsdelivr.net/gh/fgnt/mnist/';
/** Nobody's here. */
const OTHER_MIRROR = 'https://raw.githubusercontent.com/';
/** What comes of the first file before the connection is lost. */
const BEFORE = 3_000_000;
const SAID =
  'The download of MNIST broke off: there is no connection, or its server does not answer. 3 of 12 MB';

/**
 * The lab's own server with a mirror of MNIST beside it, whose connections break after some bytes, and then at once, until there is a network
 * again. The files are those of `LATENTKIT_MNIST_DIR`; without, they are of zeros.
 */
async function serveMirror(origin, folder) {
  const asked = [];
  const network = { isThere: true, breaksAfter: BEFORE };
  const server = createServer(async (request, response) => {
    if (!request.url.startsWith('/mnist/')) {
      const page = await fetch(origin + request.url);
      response.writeHead(page.status, Object.fromEntries(page.headers));
      response.end(new Uint8Array(await page.arrayBuffer()));
      return;
    }
    const { range } = request.headers;
    asked.push(range);
    if (!network.isThere) {
      response.destroy();
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const file = folder && join(folder, request.url.slice('/mnist/'.length));
    const size = file ? (await stat(file)).size : 9_912_422;
    const headers = range ? { 'content-range': `bytes ${from}-${size - 1}/${size}` } : {};
    response.writeHead(range ? 206 : 200, { ...headers, 'content-length': size - from });
    if (network.breaksAfter === undefined) {
      createReadStream(file, { start: from }).pipe(response);
      return;
    }
    const end = Math.min(size, from + network.breaksAfter) - 1;
    network.isThere = false;
    if (file) for await (const piece of createReadStream(file, { start: from, end })) response.write(piece);
    else response.write(Buffer.alloc(end + 1 - from));
    setTimeout(() => response.destroy(), 200); // when what was written is there
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ asked, network, origin: `http://127.0.0.1:${server.address().port}` },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

export const NETWORK_CHECKS = [
  {
    name: 'network: a download that breaks off says how much has come, and goes on from there',
    graphics: 'none',
    async run({ browser, origin }) {
      const folder = process.env.LATENTKIT_MNIST_DIR;
      const mirror = await serveMirror(origin, folder);
      const { page, context, problems } = await openLab(browser, mirror.origin, {
        hash: '#/?data=mnist&images=500&epochs=1&v=1',
        workerScript: `{ const ask = self.fetch;
          self.fetch = (url, ...rest) => String(url).startsWith('${OTHER_MIRROR}')
            ? Promise.reject(new TypeError('Failed to fetch'))
            : ask(String(url).replace('${MIRROR}', '${mirror.origin}/mnist/'), ...rest); }`,
      });
      try {
        await page.getByRole('button', { name: 'Train', exact: true }).click();
        await page.getByRole('alert').getByText(SAID).waitFor();
        // Without a network it stays as it is.
        const goOn = page.getByRole('button', { name: 'Go on', exact: true });
        await goOn.click();
        await page.getByRole('alert').getByText(SAID).waitFor();
        mirror.asked.length = 0;
        mirror.network.isThere = true;
        if (folder) delete mirror.network.breaksAfter;
        await goOn.click();
        if (folder) await page.locator('[data-fingerprint]').waitFor();
        else await page.getByRole('alert').getByText('6 of 12 MB are kept').waitFor();
        hold(mirror.asked[0] === `bytes=${BEFORE}-`, `it asked for ${mirror.asked[0]}`);
        const others = problems.filter((one) => !/ERR_|Failed to load resource/.test(one));
        hold(others.length === 0, others.join('; '));
        return folder
          ? undefined
          : 'skipped the end of it: LATENTKIT_MNIST_DIR names no folder with the MNIST files';
      } finally {
        await context.close();
        await mirror.close();
      }
    },
  },
  {
    name: 'network: of a set that no server lets pages fetch it is said which files to drop',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: '#/?data=kmnist&v=1' });
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      const alert = page.getByRole('alert').getByText(/^Could not download kmnist/);
      await alert.waitFor();
      const said = (await alert.textContent()).replace(/What the program says.*/, '');
      hold(/by hand \(http:.*drop the four files on the page/.test(said), said);
      hold(!/program|dataDir|digitsDataset/.test(said), said);
      return said;
    },
  },
];
