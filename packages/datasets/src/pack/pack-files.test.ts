import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Examples, ImageSet } from '@latentkit/core';
import { encodeNpy, parseNpy } from '@latentkit/formats';
import { afterAll, describe, expect, it } from 'vitest';
import { importSets } from '../import/import-sets.ts';
import { readExamples } from '../read-examples.ts';
import { encodePng } from '../testing/encode-png.ts';
import { files, grey, text } from '../testing/import-of.ts';
import { isPackedSet, openPackedSet } from './open-packed-set.ts';
import { packFiles } from './pack-files.ts';
import { PACK_FILE } from './pack-manifest.ts';

const root = mkdtempSync(join(tmpdir(), 'latentkit-pack-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;
const newPath = () => join(root, String(made++));

const red = encodePng({
  width: 4,
  height: 3,
  channels: 3,
  data: new Array(36).fill(0).map((_, i) => (7 * i) % 256),
});
/** Two parts, two classes, one in colour, of three sizes; one broken and one that is none. */
const PETS = files({
  'pets/train/dog/2.png': red,
  'pets/train/cat/b.png': grey(30, 2),
  'pets/train/cat/a.png': grey(10, 2),
  'pets/train/dog/10.png': grey(40, 5),
  'pets/train/cat/c.png': grey(20, 2),
  'pets/test/dog/1.png': grey(50, 2),
  'pets/test/cat/1.png': grey(60, 2),
  'pets/train/cat/broken.png': grey(1).subarray(0, 40),
  'pets/about.txt': text('of no use'),
});
const LOOKS = { size: 2 } as const;

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Sets as they are in memory. */
async function inMemory(parts: Record<string, Examples>): Promise<Record<string, ImageSet>> {
  const all = Object.entries(parts).map(async ([name, set]) => [name, await readExamples(set)] as const);
  return Object.fromEntries(await Promise.all(all));
}

describe('a packed folder', () => {
  it.each([2 ** 30, 24, 1])(
    'of shards of %i bytes holds what an import has in memory',
    async (shardBytes) => {
      const out = newPath();
      const heard: number[][] = [];
      const onWritten = (...counts: number[]) => heard.push(counts);
      const manifest = await packFiles(PETS, { ...LOOKS, out, shardBytes, onWritten });
      const expected = await importSets(PETS, LOOKS);
      const opened = await openPackedSet(out);
      expect(await inMemory(opened.parts)).toEqual(expected.parts);
      expect(opened).toMatchObject({ classNames: expected.classNames, report: expected.report });
      expect(manifest.report.skipped.map(({ name }) => name)).toEqual([
        'pets/about.txt',
        'pets/train/cat/broken.png',
      ]);
      expect(heard.at(-1)).toEqual([7, 7]);
      const { shards, labels, sha256 } = manifest.parts.train;
      expect(shards.map(({ count }) => count)).toEqual(
        { [2 ** 30]: [5], 24: [2, 2, 1], 1: [1, 1, 1, 1, 1] }[shardBytes],
      );
      expect(sha256).toBe(shaOf(expected.parts.train.images as Uint8Array));
      for (const one of [...shards, labels!])
        expect(shaOf(readFileSync(join(out, one.file)))).toBe(one.sha256);
      expect(parseNpy(readFileSync(join(out, shards[0]!.file))).shape).toEqual([shards[0]!.count, 2, 2, 3]);
      expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]); // nothing of the work is left
      expect(await isPackedSet(out)).toBe(true);
      expect(await isPackedSet(root)).toBe(false);
    },
  );

  it('is read at any indices, in their order, across its files', async () => {
    const out = newPath();
    const data = Uint8Array.from({ length: 40 }, (_, i) => i);
    await packFiles(files({ 'x.npy': encodeNpy({ shape: [20, 1, 2], data }) }), { out, shardBytes: 12 });
    const { train } = (await openPackedSet(out)).parts;
    for (const indices of [[0], [19, 0, 7, 6, 6], [4, 5, 6, 7, 12, 13, 3], [...data.subarray(0, 20)]]) {
      const expected = indices.flatMap((index) => [2 * index, 2 * index + 1]);
      expect(await readExamples(train, indices)).toMatchObject({
        count: indices.length,
        images: Uint8Array.from(expected),
      });
    }
  });

  it('is told from what it is not, in one line that says what to do', async () => {
    const packed = async () => {
      const out = newPath();
      await packFiles(PETS, { ...LOOKS, out, shardBytes: 24 });
      return out;
    };
    const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, PACK_FILE), 'utf8'));
    const rewrite = (out: string, change: object) =>
      writeFileSync(join(out, PACK_FILE), JSON.stringify({ ...manifestOf(out), ...change }));
    const shard = 'train-00001.npy';
    const flip = (out: string, file: string) => {
      const bytes = readFileSync(join(out, file));
      bytes[bytes.length - 1]! ^= 1;
      writeFileSync(join(out, file), bytes);
    };
    const damages: [how: (out: string) => void, code: string, words: RegExp][] = [
      [
        (out) => truncateSync(join(out, shard), 140),
        'E_FORMAT',
        /train-00001\.npy: expected 152 bytes, got 140/,
      ],
      [(out) => rmSync(join(out, shard)), 'E_NOT_FOUND', /train-00001\.npy: there is no such file.*pack/],
      [(out) => flip(out, shard), 'E_CHECKSUM', /train-00001\.npy: expected SHA-256 .*not what was packed/],
      [(out) => flip(out, 'test-labels.npy'), 'E_CHECKSUM', /test-labels\.npy/],
      [
        (out) => {
          const { parts } = manifestOf(out);
          rewrite(out, { parts: { ...parts, train: { ...parts.train, sha256: parts.test.sha256 } } });
        },
        'E_CHECKSUM',
        /images of 'train': expected SHA-256 .*not what was packed/,
      ],
      [
        (out) => {
          rmSync(join(out, shard));
          symlinkSync('/dev/zero', join(out, shard));
        },
        'E_FORMAT',
        /train-00001\.npy: it is no file, but a pipe or a device/,
      ],
      [
        (out) => rewrite(out, { version: 2 }),
        'E_FORMAT',
        /expected version 1 .* got 2, of a newer Latentkit/,
      ],
      [
        (out) => rewrite(out, { shape: { height: 4, width: 1, channels: 3 } }),
        'E_FORMAT',
        /its header is not/,
      ],
      [(out) => writeFileSync(join(out, PACK_FILE), '{'), 'E_FORMAT', /latentkit-pack\.json/],
      [
        (out) => {
          const { parts } = manifestOf(out);
          parts.train.shards[0].file = '../secret.npy';
          rewrite(out, { parts });
        },
        'E_FORMAT',
        /the name of an \.npy file in the folder/,
      ],
      [
        (out) => {
          const { parts } = manifestOf(out);
          rewrite(out, { parts: { ...parts, train: { ...parts.train, count: 6 } } });
        },
        'E_FORMAT',
        /the shards of train come to 5 images, and it says 6/,
      ],
    ];
    for (const [damage, code, words] of damages) {
      const out = await packed();
      damage(out);
      const error = await openPackedSet(out).catch((thrown) => thrown);
      expect(error).toMatchObject({ code, message: expect.stringMatching(words) });
    }
  });

  it('whose file is gone or shorter when a batch is read says which', async () => {
    const out = newPath();
    await packFiles(PETS, { ...LOOKS, out });
    const { train } = (await openPackedSet(out, { verify: false })).parts;
    truncateSync(join(out, 'train-00000.npy'), 150);
    expect(() => readExamples(train, [4])).toThrow(
      /train-00000\.npy: it was cut off: expected an image at byte 176/,
    );
    rmSync(join(out, 'train-00000.npy'));
    expect(() => readExamples(train, [4])).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
  });
});

describe('packing', () => {
  it.each([
    ['floats', { 'x.npy': encodeNpy({ shape: [4, 2, 2], data: new Float32Array(16) }) }, {}, 'E_USAGE'],
    ['a table', { 'a.csv': text('a,b\n1,2\n3,4\n5,6') }, { source: 'table' }, 'E_USAGE'],
    ['images of two sizes', { 'a.png': grey(1, 2), 'b.png': grey(1, 3) }, {}, 'E_SHAPE'],
    ['a broken image, strictly', { 'a.png': grey(1).subarray(0, 40) }, { strict: true }, 'E_FORMAT'],
    ['nothing', { 'a.txt': text('of no use') }, {}, 'E_FORMAT'],
  ] as const)('refuses %s, and leaves nothing', async (_, contents, options, code) => {
    const out = join(newPath(), 'deep');
    await expect(packFiles(files(contents), { ...options, out })).rejects.toMatchObject({ code });
    expect(existsSync(join(out, '..'))).toBe(false);
  });

  it('leaves a folder alone that holds something, and nothing of its own where it is stopped', async () => {
    const out = newPath();
    mkdirSync(out);
    const abort = new AbortController();
    const stopped = packFiles(PETS, {
      ...{ ...LOOKS, out, shardBytes: 12, signal: abort.signal },
      onWritten: (images) => images === 3 && abort.abort(),
    });
    await expect(stopped).rejects.toThrow('aborted');
    expect(readdirSync(out)).toEqual([]);
    writeFileSync(join(out, 'mine.txt'), 'here');
    await expect(packFiles(PETS, { ...LOOKS, out })).rejects.toMatchObject({ code: 'E_EXISTS' });
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });
});
