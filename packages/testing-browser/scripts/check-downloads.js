import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { makeIdxFiles } from '../src/idx-files.ts';
import { loadFiles } from '../src/load-files.ts';
import { openPage } from './open-page.js';
import { serve } from './serve.js';

const ALLOWED = { 'access-control-allow-origin': '*' };
const OPEN = { ...ALLOWED, 'access-control-expose-headers': '*' };
const FIRST = 'train-images-idx3-ubyte.gz';
const CUT = 300; // bytes
const REFUSAL = /CORS policy|request failed|ERR_FAILED|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE/;

/** A mirror on another origin, which notes what it is asked; `isCut` ends the first answer of the first file in its middle. */
async function serveMirror(packed, { headers, isCut = false, isUnpacking = false }) {
  const asked = [];
  const server = createServer((request, response) => {
    const name = request.url.slice(1);
    const { range } = request.headers;
    asked.push(range ? `${name} ${range}` : name);
    const file = packed[name];
    if (isUnpacking) {
      // As a server does that sees in `.gz` how the file is packed, not what it is.
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': file.length });
      response.end(file);
    } else if (range) {
      const from = Number(/\d+/.exec(range)[0]);
      const place = { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` };
      response.writeHead(206, { ...headers, ...place, 'content-length': file.length - from });
      response.end(file.subarray(from));
    } else {
      response.writeHead(200, { ...headers, 'content-length': file.length });
      if (isCut && name === FIRST && asked.length === 1) {
        response.write(file.subarray(0, CUT), () => setTimeout(() => response.destroy(), 200));
      } else response.end(file);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A page downloads from mirrors of other origins: from those that let it, and goes on where it may see how. */
export async function checkDownloads({ browser, folder, isolation, check }) {
  const { contents } = await makeIdxFiles();
  const packed = Object.fromEntries(
    Object.entries(contents).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
  );
  const names = Object.keys(packed);
  const open = async (headers, mirrors, pageMirrors) => {
    const server = await serve(folder, headers);
    const query = new URLSearchParams({ mirrors: mirrors.join() });
    if (pageMirrors) query.set('pageMirrors', pageMirrors.join());
    try {
      return await openPage(browser, `${server.origin}/?${query}`, REFUSAL);
    } finally {
      await server.close();
    }
  };
  const withMirrors = async (kinds, run) => {
    const mirrors = await Promise.all(kinds.map((kind) => serveMirror(packed, kind)));
    try {
      await run(...mirrors);
    } finally {
      await Promise.all(mirrors.map((mirror) => mirror.close()));
    }
  };
  const same = (what, got, wanted) => {
    const [a, b] = [got, wanted].map((one) => JSON.stringify(one));
    if (a !== b) throw new Error(`${what}: expected ${b}\n      got      ${a}`);
  };
  /** What Node gets from a mirror. */
  const inNode = async () => {
    let images;
    await withMirrors([{ headers: {} }], async ({ url }) => {
      ({ images } = await loadFiles([url]));
    });
    return images;
  };
  const images = await inNode();

  for (const [name, headers] of [
    ['a page', {}],
    ['an isolated page', isolation],
  ]) {
    await check(`${name} downloads from another origin, and goes on after a cut connection`, () =>
      withMirrors([{ headers: OPEN, isCut: true }], async ({ url, asked }) => {
        same('images', (await open(headers, [url])).images, images);
        same('requests', asked, [FIRST, `${FIRST} bytes=${CUT}-`, ...names.slice(1)]);
      }),
    );
  }
  await check('a page that may not read where an answer begins goes on too: the checksum tells', () =>
    withMirrors([{ headers: ALLOWED, isCut: true }], async ({ url, asked }) => {
      same('images', (await open({}, [url])).images, images);
      same('requests', asked, [FIRST, `${FIRST} bytes=${CUT}-`, ...names.slice(1)]);
    }),
  );
  await check('a page takes files that were unpacked on the way, of which it sees another length', () =>
    withMirrors([{ headers: ALLOWED, isUnpacking: true }], async ({ url }) => {
      same('images', (await open({}, [url])).images, images);
    }),
  );
  await check('a page turns from a mirror that does not let it to one that does', () =>
    withMirrors([{ headers: {} }, { headers: OPEN }], async (closed, opened) => {
      same('images', (await open({}, [closed.url, opened.url])).images, images);
      same('requests', [closed.asked, opened.asked], [[FIRST], names]);
    }),
  );
  await check('a page asks the mirrors for pages alone', () =>
    withMirrors([{ headers: {} }, { headers: OPEN }], async (closed, opened) => {
      same('images', (await open({}, [closed.url], [opened.url])).images, images);
      same('requests', [closed.asked, opened.asked], [[], names]);
    }),
  );
  await check('a page that no mirror lets is told why, and what to do', () =>
    withMirrors([{ headers: {} }], async ({ url }) => {
      const { code, message } = (await open({}, [url])).error;
      same('code', code, 'E_NETWORK');
      for (const words of [`${url}${FIRST}: Failed to fetch`, '(CORS)', 'drop the four files']) {
        if (!message.includes(words)) throw new Error(`expected ${words} in: ${message}`);
      }
    }),
  );
}
