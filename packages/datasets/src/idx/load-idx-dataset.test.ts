import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileSource } from '../download/file-source.ts';
import { memoryCache } from '../download/memory-cache.ts';
import { makeIdxFixture } from '../testing/idx-fixture.ts';
import { serveFiles } from '../testing/serve-files.ts';
import { loadIdxDataset } from './load-idx-dataset.ts';

const offline: typeof fetch = () => Promise.reject(new Error('no network here'));
const sourceOf = (files: Record<string, Uint8Array>): FileSource => ({
  location: 'the folder',
  read: async (name) => files[name],
});
const TRAIN_IMAGES = 'train-images-idx3-ubyte';

describe('loadIdxDataset in a page', () => {
  beforeEach(() => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  });
  afterEach(() => vi.restoreAllMocks());

  it('asks mirrors for pages alone', async () => {
    const { spec, packed } = await makeIdxFixture({ of: 'content' });
    const [closed, open] = [await serveFiles(packed), await serveFiles(packed)];
    await loadIdxDataset({ ...spec, mirrors: [closed.url], pageMirrors: [open.url] });
    expect([closed.requests.length, open.requests.length]).toEqual([0, 4]);
  });

  it('names the files to drop where no mirror is known', async () => {
    const { spec } = await makeIdxFixture({ of: 'gzip', mirrors: ['http://a.test/'] });
    await expect(loadIdxDataset({ ...spec, pageMirrors: [] }, { fetch: offline })).rejects.toMatchObject({
      code: 'E_NETWORK',
      message:
        'could not download tiny/train-images-idx3-ubyte.gz (there is no mirror to ask that lets pages read its files). ' +
        'Download train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz ' +
        'by hand (http://a.test/train-images-idx3-ubyte.gz, ...), and drop the four files on the page (in a program, dataDir). ' +
        'Drawn digits (digitsDataset) need no download.',
    });
  });
});

describe('loadIdxDataset', () => {
  it.each(['content', 'gzip'] as const)('downloads four files checked by their %s', async (of) => {
    const { spec, packed } = await makeIdxFixture({ of });
    const { url } = await serveFiles(packed);
    const files = new Set<string>();
    const dataset = await loadIdxDataset(spec, { mirrors: [url], onProgress: ({ file }) => files.add(file) });
    expect(dataset).toMatchObject({
      name: 'tiny',
      classNames: ['even', 'odd'],
      train: {
        count: 6,
        shape: { height: 2, width: 3, channels: 1 },
        labels: Uint8Array.of(0, 1, 0, 1, 0, 1),
      },
      validation: { count: 4, labels: Uint8Array.of(0, 1, 0, 1) },
    });
    expect(dataset.train.images).toEqual(Uint8Array.from({ length: 36 }, (_, i) => i * 7));
    expect(files.size).toBe(4);
  });

  it('accepts another packing of the same content where the content is checked', async () => {
    const { spec, plain } = await makeIdxFixture({ of: 'content' });
    const repacked = Object.entries(plain).map(([name, bytes]) => [
      `${name}.gz`,
      gzipSync(bytes, { level: 0 }),
    ]);
    const { url } = await serveFiles(Object.fromEntries(repacked));
    expect((await loadIdxDataset(spec, { mirrors: [url] })).train.count).toBe(6);
  });

  it('needs no network a second time', async () => {
    const { spec, packed } = await makeIdxFixture({ of: 'content' });
    const cache = memoryCache();
    const first = await loadIdxDataset(spec, { cache, mirrors: [(await serveFiles(packed)).url] });
    expect(await loadIdxDataset(spec, { cache, fetch: offline })).toEqual(first);
  });

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, -5)],
    ['damaged', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 20 ? byte ^ 1 : byte))],
    ['emptied', () => new Uint8Array()],
    ['another dataset', () => new Uint8Array(gzipSync('something else'))],
  ])('downloads a cached file that is %s anew, and no other', async (_, spoil) => {
    const { spec, packed } = await makeIdxFixture({ of: 'content' });
    const server = await serveFiles(packed);
    const cache = memoryCache();
    const options = { cache, mirrors: [server.url] };
    const first = await loadIdxDataset(spec, options);
    server.requests.length = 0;
    await cache.write(`tiny/${TRAIN_IMAGES}.gz`, spoil(packed[`${TRAIN_IMAGES}.gz`]!));
    expect(await loadIdxDataset(spec, options)).toEqual(first);
    expect(server.requests.map(({ path }) => path)).toEqual([`${TRAIN_IMAGES}.gz`]);
  });

  it('asks a mirror that failed no more while another one answers', async () => {
    const { spec, packed } = await makeIdxFixture({ of: 'content' });
    const [dead, good] = [await serveFiles({}), await serveFiles(packed)];
    const asked: string[] = [];
    const mirrors = [dead.url, good.url];
    const onProgress = ({ url }: { url: string }) => asked.push(url);
    await loadIdxDataset(spec, { mirrors, onProgress });
    expect([dead.requests.length, good.requests.length]).toEqual([1, 4]);
    expect(asked[0]).toBe(`${dead.url}${TRAIN_IMAGES}.gz`); // told before anything came
    expect(mirrors).toEqual([dead.url, good.url]);
  });

  it('names a mirror that stays silent', async () => {
    const { spec } = await makeIdxFixture({ of: 'content', mirrors: ['http://a.test/'] });
    const silent = { fetch: () => new Promise<never>(() => {}), wait: async () => {}, idleSeconds: 12 };
    await expect(loadIdxDataset(spec, silent)).rejects.toThrow(`${TRAIN_IMAGES}.gz: nothing came for 12 s`);
    await expect(loadIdxDataset(spec, { idleSeconds: 0 })).rejects.toMatchObject({ code: 'E_RANGE' });
  });

  it('loads files that a server unpacked in transit by their content, or says that it did', async () => {
    for (const of of ['content', 'gzip'] as const) {
      const { spec, plain, packed } = await makeIdxFixture({ of, mirrors: ['http://a.test/'] });
      const fetch = async (url: unknown) => {
        const name = new URL(String(url)).pathname.slice(1);
        const length = String(packed[name]!.length);
        const headers = { 'content-encoding': 'gzip', 'content-length': length }; // as fetch hands them on
        return new Response(plain[name.slice(0, -3)] as Uint8Array<ArrayBuffer>, { headers });
      };
      const loading = loadIdxDataset(spec, { fetch });
      if (of === 'content') expect((await loading).train.count).toBe(6);
      else await expect(loading).rejects.toThrow('unpacked on the way by a server or proxy');
    }
  });

  it('names a web page that calls itself a file, and keeps none of it', async () => {
    const { spec } = await makeIdxFixture({ of: 'gzip', mirrors: ['http://a.test/'] });
    const cache = memoryCache();
    const fetch = async () => new Response('\n<!DOCTYPE html><p>Moved.');
    await expect(loadIdxDataset(spec, { fetch, cache })).rejects.toThrow(
      "got a web page in place of the file, which begins '<!DOCTYPE html><p>Moved.'",
    );
    expect(await cache.read('tiny/train-images-idx3-ubyte.gz.http-a-test-.part')).toBeUndefined();
  });

  it('asks mirrors for pages last where it is none', async () => {
    const { spec, packed } = await makeIdxFixture({ of: 'content' });
    const [dead, good] = [await serveFiles({}), await serveFiles(packed)];
    const both = { ...spec, mirrors: [dead.url], pageMirrors: [good.url, dead.url] };
    expect((await loadIdxDataset(both)).train.count).toBe(6);
    expect([dead.requests.length, good.requests.length]).toEqual([1, 4]);
    const own = { ...both, pageMirrors: [dead.url] };
    expect((await loadIdxDataset(own, { mirrors: [good.url] })).train.count).toBe(6); // those that are given go before
  });

  it('says what to do when there is no network', async () => {
    const { spec } = await makeIdxFixture({ of: 'gzip', mirrors: ['http://a.test/', 'http://b.test/'] });
    await expect(loadIdxDataset(spec, { fetch: offline })).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringMatching(
        /http:\/\/a.test\/train.*no network here.*http:\/\/b.test\/.*--data-dir DIR.*--dataset digits/,
      ),
    });
  });

  it('stops when told to', async () => {
    const { spec } = await makeIdxFixture({ of: 'gzip' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loadIdxDataset(spec, { fetch: offline, signal })).rejects.toThrow('enough');
  });
});

describe('loadIdxDataset from a folder', () => {
  it('reads packed files, unpacked ones, and the dotted spelling', async () => {
    const { spec, plain, packed } = await makeIdxFixture({ of: 'content' });
    const dotted = Object.entries(plain).map(([name, bytes]) => [name.replace('-idx', '.idx'), bytes]);
    const [first, ...others] = await Promise.all(
      [plain, packed, Object.fromEntries(dotted)].map((files) =>
        loadIdxDataset(spec, { dataDir: sourceOf(files), fetch: offline }),
      ),
    );
    expect(first?.train.count).toBe(6);
    for (const other of others) expect(other).toEqual(first);
  });

  it('names all missing files at once, with E_NOT_FOUND', async () => {
    const { spec, plain } = await makeIdxFixture({ of: 'content' });
    const dataDir = sourceOf({ [TRAIN_IMAGES]: plain[TRAIN_IMAGES]! });
    await expect(loadIdxDataset(spec, { dataDir })).rejects.toMatchObject({
      code: 'E_NOT_FOUND',
      message: expect.stringContaining(
        'the folder has no train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte',
      ),
    });
  });

  it('refuses other content with E_CHECKSUM, naming the file', async () => {
    const { spec, plain } = await makeIdxFixture({ of: 'content' });
    const other = await makeIdxFixture({ of: 'content', salt: 1 });
    const dataDir = sourceOf({ ...plain, [TRAIN_IMAGES]: other.plain[TRAIN_IMAGES]! });
    await expect(loadIdxDataset(spec, { dataDir })).rejects.toMatchObject({
      code: 'E_CHECKSUM',
      message: expect.stringContaining(`the folder, ${TRAIN_IMAGES}: expected the sha256`),
    });
  });

  it('checks only type and shape where no checksum of the content is published', async () => {
    const { spec, plain } = await makeIdxFixture({ of: 'gzip' });
    const repacked = Object.entries(plain).map(([name, bytes]) => [
      `${name}.gz`,
      gzipSync(bytes, { level: 0 }),
    ]);
    const dataDir = sourceOf(Object.fromEntries(repacked));
    expect((await loadIdxDataset(spec, { dataDir })).validation.count).toBe(4);
    const labels = { ...plain, [TRAIN_IMAGES]: plain['train-labels-idx1-ubyte']! };
    await expect(loadIdxDataset(spec, { dataDir: sourceOf(labels) })).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('expected bytes of shape [6, 2, 3], got Uint8Array of [6]'),
    });
  });

  it('does not take a namesake for the dataset', async () => {
    const namesake = await makeIdxFixture({ of: 'content', salt: 1 });
    const { spec } = await makeIdxFixture({ of: 'gzip' });
    const dataDir = sourceOf(namesake.plain);
    await expect(loadIdxDataset({ ...spec, namesake: namesake.spec }, { dataDir })).rejects.toMatchObject({
      code: 'E_CHECKSUM',
      message: expect.stringContaining("this is tiny's"),
    });
  });

  it('refuses labels without a class, and files that unpack to more than they should', async () => {
    const { spec, plain } = await makeIdxFixture({ of: 'gzip' });
    const labels = { ...plain, 't10k-labels-idx1-ubyte': Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 0) };
    await expect(loadIdxDataset(spec, { dataDir: sourceOf(labels) })).rejects.toThrow(
      'expected labels from 0 to 1, got 2 at index 2',
    );
    const bomb = { ...plain, [TRAIN_IMAGES]: gzipSync(new Uint8Array(1_000_000)) };
    await expect(loadIdxDataset(spec, { dataDir: sourceOf(bomb) })).rejects.toMatchObject({
      code: 'E_LIMIT',
    });
  });
});
