import { describe, expect, it } from 'vitest';
import { cutAfter, type ServeOptions, serveFiles } from '../testing/serve-files.ts';
import { never } from '../testing/waits.ts';
import { fetchResuming } from './fetch-resuming.ts';
import { memoryCache } from './memory-cache.ts';

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

async function download(kept: Uint8Array, options: ServeOptions = {}, served = file, inPage = false) {
  const server = await serveFiles({ file: served }, options);
  const cache = memoryCache();
  if (kept.length > 0) await cache.append('part', kept);
  const progress: [number, number | undefined][] = [];
  const result = fetchResuming(`${server.url}file`, {
    fetch,
    idleSeconds: 30,
    wait: never,
    cache,
    part: 'part',
    maxBytes: 2000,
    inPage,
    onProgress: (...report) => progress.push(report),
  });
  const settled = await result.then(
    (bytes) => ({ bytes }),
    (error: unknown) => ({ error }),
  );
  return { ...settled, progress, cache, ranges: server.requests.map(({ range }) => range) };
}

describe('fetchResuming', () => {
  it('downloads a whole file and tells how far it is', async () => {
    const got = await download(new Uint8Array());
    expect(got).toMatchObject({ bytes: file, ranges: [undefined] });
    expect(got.progress.slice(0, 2)).toEqual([
      [0, undefined],
      [0, 1000],
    ]);
    expect(got.progress.at(-1)).toEqual([1000, 1000]);
  });

  it('asks only for what is missing (206)', async () => {
    const got = await download(file.subarray(0, 300));
    expect(got).toMatchObject({ bytes: file, ranges: ['bytes=300-'] });
    expect(got.progress.at(1)).toEqual([300, 1000]);
  });

  it('starts over where the server ignores ranges (200)', async () => {
    const respond: ServeOptions['respond'] = (_, response, bytes) => {
      response.end(bytes);
      return true;
    };
    const got = await download(file.subarray(0, 300), { respond });
    expect(got).toMatchObject({ bytes: file, ranges: ['bytes=300-'] });
    expect(await got.cache.read('part')).toEqual(file);
  });

  it('is done when nothing is left (416)', async () => {
    expect(await download(file)).toMatchObject({ bytes: file, ranges: ['bytes=1000-'] });
  });

  it('starts over when the file became shorter than what is kept (416)', async () => {
    const got = await download(file, {}, file.subarray(0, 500));
    expect(got).toMatchObject({ bytes: file.subarray(0, 500), ranges: ['bytes=1000-', undefined] });
  });

  it('starts over when the server answers with another place (206)', async () => {
    const respond: ServeOptions['respond'] = (request, response, bytes) => {
      if (request.headers.range === undefined) return false;
      response.writeHead(206, { 'content-range': 'bytes 200-999/1000' }).end(bytes.subarray(200));
      return true;
    };
    const got = await download(file.subarray(0, 300), { respond });
    expect(got).toMatchObject({ bytes: file, ranges: ['bytes=300-', undefined] });
  });

  it('goes on in a page that may not read which place it is (206), and starts over elsewhere', async () => {
    const respond: ServeOptions['respond'] = (request, response, bytes) => {
      if (request.headers.range === undefined) return false;
      response.writeHead(206).end(bytes.subarray(300));
      return true;
    };
    const got = (inPage: boolean) => download(file.subarray(0, 300), { respond }, file, inPage);
    expect(await got(true)).toMatchObject({ bytes: file, ranges: ['bytes=300-'] });
    expect(await got(false)).toMatchObject({ bytes: file, ranges: ['bytes=300-', undefined] });
  });

  it('fails on a broken connection and keeps what came', async () => {
    const respond: ServeOptions['respond'] = (_, response, bytes) => {
      cutAfter(400, response, bytes);
      return true;
    };
    const got = await download(new Uint8Array(), { respond });
    expect(got).toHaveProperty('error');
    expect(await got.cache.read('part')).toEqual(file.subarray(0, 400));
  });

  it('refuses more than the limit, told beforehand or not', async () => {
    const big = new Uint8Array(3000);
    expect(await download(new Uint8Array(), {}, big)).toMatchObject({ error: { code: 'E_LIMIT' } });
    const respond: ServeOptions['respond'] = (_, response, bytes) => {
      response.write(bytes); // chunked, without a length
      response.end();
      return true;
    };
    expect(await download(new Uint8Array(), { respond }, big)).toMatchObject({ error: { code: 'E_LIMIT' } });
  });

  it('names a web page that came in place of the file, and keeps none of it', async () => {
    const respond: ServeOptions['respond'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h3>Error.</h3>');
      return true;
    };
    const got = await download(new Uint8Array(), { respond });
    expect(got).toMatchObject({ error: { code: 'E_NETWORK', message: expect.stringContaining('web page') } });
    expect(await got.cache.read('part')).toBeUndefined();
  });

  it('says which status it got', async () => {
    const respond: ServeOptions['respond'] = (_, response) => {
      response.writeHead(403).end();
      return true;
    };
    for (const kept of [new Uint8Array(), file.subarray(0, 300)]) {
      expect(await download(kept, { respond })).toMatchObject({
        error: { code: 'E_NETWORK', message: expect.stringContaining('HTTP 403') },
      });
    }
  });
});
