import { LatentkitError } from '@latentkit/core';
import { describe, expect, it } from 'vitest';
import { cutAfter, serveFiles } from '../testing/serve-files.ts';
import { never } from '../testing/waits.ts';
import { type DownloadFileOptions, downloadFile } from './download-file.ts';
import { memoryCache } from './memory-cache.ts';

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const wrong = Uint8Array.from(file).fill(0, 500, 501);

async function verify(bytes: Uint8Array): Promise<string> {
  if (Buffer.compare(bytes, file) !== 0) throw new LatentkitError('E_CHECKSUM', 'not the published bytes');
  return 'verified';
}

function optionsFor(mirrors: string[], more: Partial<DownloadFileOptions> = {}): DownloadFileOptions {
  return {
    fetch,
    idleSeconds: 30,
    wait: never,
    cache: memoryCache(),
    name: 'set/file',
    mirrors,
    maxBytes: 2000,
    fix: 'Do this.',
    ...more,
  };
}

describe('downloadFile', () => {
  it('keeps the verified file under its name, and no unfinished one', async () => {
    const names = new Set<string>();
    const cache = memoryCache();
    const spy = {
      ...cache,
      append: (name: string, bytes: Uint8Array) => {
        names.add(name);
        return cache.append(name, bytes);
      },
    };
    const { url } = await serveFiles({ file });
    expect(await downloadFile('file', verify, optionsFor([url], { cache: spy }))).toBe('verified');
    expect(await cache.read('set/file')).toEqual(file);
    expect(names.size).toBe(1);
    for (const name of names) expect(await cache.read(name)).toBeUndefined();
  });

  it('goes on after a broken connection, on the same mirror', async () => {
    const server = await serveFiles(
      { file },
      {
        respond(request, response, bytes) {
          if (request.headers.range !== undefined) return false;
          cutAfter(400, response, bytes);
          return true;
        },
      },
    );
    expect(await downloadFile('file', verify, optionsFor([server.url]))).toBe('verified');
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=400-']);
  });

  it('goes on where an earlier run was stopped', async () => {
    const server = await serveFiles(
      { file },
      {
        respond(request, response, bytes) {
          if (request.headers.range !== undefined) return false;
          response.writeHead(200, { 'content-length': bytes.length });
          response.write(bytes.subarray(0, 400)); // and never the rest
          return true;
        },
      },
    );
    const options = optionsFor([server.url]);
    const stop = new AbortController();
    const onProgress = ({ loadedBytes }: { loadedBytes: number }) => {
      if (loadedBytes === 400) stop.abort(new Error('stopped'));
    };
    const stopping = { ...options, signal: stop.signal, onProgress };
    await expect(downloadFile('file', verify, stopping)).rejects.toThrow('stopped');
    expect(await downloadFile('file', verify, options)).toBe('verified');
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=400-']);
  });

  it('starts over once when what it resumed does not verify', async () => {
    const server = await serveFiles({ file });
    const options = optionsFor([server.url]);
    const part = `set/file.${server.url.replace(/[^a-z0-9]+/gi, '-')}.part`;
    await options.cache.append(part, wrong.subarray(0, 600));
    expect(await downloadFile('file', verify, options)).toBe('verified');
    expect(server.requests.map(({ range }) => range)).toEqual(['bytes=600-', undefined]);
  });

  it('starts over when an unfinished file is longer than any could be', async () => {
    const server = await serveFiles({ file });
    const options = optionsFor([server.url], { maxBytes: 1500 });
    const part = `set/file.${server.url.replace(/[^a-z0-9]+/gi, '-')}.part`;
    await options.cache.append(part, new Uint8Array(5000));
    expect(await downloadFile('file', verify, options)).toBe('verified');
  });

  it('turns to the next mirror after a failure or a mismatch', async () => {
    const [missing, other, good] = [
      await serveFiles({}),
      await serveFiles({ file: wrong }),
      await serveFiles({ file }),
    ];
    const mirrors = [missing.url, other.url, good.url];
    expect(await downloadFile('file', verify, optionsFor(mirrors))).toBe('verified');
    expect([missing, other, good].map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
    expect(mirrors).toEqual([good.url, missing.url, other.url]);
  });

  it('names every mirror and its reason when none is left, and what to do', async () => {
    const [missing, other] = [await serveFiles({}), await serveFiles({ file: wrong })];
    const options = optionsFor([missing.url, other.url, 'http://127.0.0.1:1/']);
    await expect(downloadFile('file', verify, options)).rejects.toMatchObject({
      code: 'E_NETWORK',
      fix: 'Do this.',
      message: expect.stringMatching(
        new RegExp(
          `${missing.url}file: HTTP 404.*${other.url}file: not the published bytes.*127.0.0.1:1/file: .+`,
        ),
      ),
    });
    expect(await options.cache.read('set/file')).toBeUndefined();
  });

  it('stops with the reason of the signal, and asks no other mirror', async () => {
    const server = await serveFiles({ file });
    const signal = AbortSignal.abort(new Error('enough'));
    const options = optionsFor([server.url, server.url], { signal });
    await expect(downloadFile('file', verify, options)).rejects.toThrow('enough');
    expect(server.requests).toEqual([]);
  });

  it('does not blame the mirrors for a disk that refuses', async () => {
    const server = await serveFiles({ file });
    const append = () => Promise.reject(new LatentkitError('E_IO', 'disk full'));
    const options = optionsFor([server.url, server.url], { cache: { ...memoryCache(), append } });
    await expect(downloadFile('file', verify, options)).rejects.toMatchObject({ code: 'E_IO' });
    expect(server.requests).toHaveLength(1);
  });
});
