import { createRandom, Stream } from '@latentkit/core';
import { expect, it } from 'vitest';
import { readImageSize } from '../import/image-size.ts';
import { importFiles } from '../import/import-files.ts';
import type { ImageFormat } from '../import/recognize-file.ts';
import { fixture, jsonFixture } from '../testing/fixture.ts';
import { createImageDecoder } from './create-image-decoder.ts';
import { nodeImageDecoder } from './node-image-decoder.ts';

// By Pillow: fixtures/make-photos.py.
const photos = jsonFixture<Record<'name' | 'format' | 'file' | 'data', string>[]>('photos.json').map(
  ({ file, data, format, ...rest }) => ({
    ...rest,
    format: format as ImageFormat,
    file: new Uint8Array(Buffer.from(file, 'base64')),
    data: new Uint8Array(Buffer.from(data, 'base64')),
  }),
) as unknown as {
  name: string;
  format: ImageFormat;
  file: Uint8Array;
  width: number;
  height: number;
  channels: 3 | 4;
  data: Uint8Array;
}[];
const decode = nodeImageDecoder();
const decoded = async (file: Uint8Array, format: ImageFormat) =>
  decode(file, { ...readImageSize(file, format), format });

it.each(photos.filter(({ format }) => format !== 'png'))(
  'reads $name to the bytes of Pillow',
  async (photo) => {
    const { width, height, channels, data } = await decoded(photo.file, photo.format);
    expect([width, height, channels]).toEqual([photo.width, photo.height, 4]);
    const wanted = data.filter((_, i) => photo.channels === 4 || i % 4 < 3);
    expect(new Uint8Array(wanted)).toEqual(photo.data);
  },
);

it.each(photos.filter(({ channels }) => channels === 3))(
  'imports $name as it is',
  async ({ file, data, width, height }) => {
    const files = [0, 1].map((i) => ({ name: `${i}.bin`, bytes: file }));
    const { dataset } = await importFiles(files, { decode, channels: 3 });
    expect(dataset.train.shape).toEqual({ width, height, channels: 3 });
    expect(dataset.train.images).toEqual(data);
  },
);

it('leaves no ImageData in a program that had none', () => {
  expect('ImageData' in globalThis).toBe(false);
});

it('names what is cut off, damaged or for print, and reads the next one all the same', async () => {
  const [jpeg, webp] = (['jpeg', 'webp'] as const).map(
    (format) => photos.find((one) => one.format === format)!,
  );
  for (const { file, format, width } of [jpeg!, webp!]) {
    await expect(decoded(file.subarray(0, file.length - 20), format)).rejects.toMatchObject({
      code: 'E_FORMAT',
    });
    const junk = file.slice();
    junk.fill(0, format === 'jpeg' ? 30 : 20, format === 'jpeg' ? 200 : 30);
    await expect((async () => decode(junk, { format, width: 1, height: 1 }))()).rejects.toThrow();
    expect((await decoded(file, format)).width).toBe(width);
  }
  const print = fixture('print.jpg');
  await expect(decoded(print, 'jpeg')).rejects.toThrow('its colours are for print (CMYK)');
});

it('throws nothing but errors with a reason on images with bytes changed', async () => {
  const random = createRandom({ seed: 4, stream: Stream.sample });
  for (let round = 0; round < 300; round++) {
    const { file, format } = photos[random.integer(photos.length)]!;
    if (format === 'png') continue;
    const bytes = file.slice(0, random.integer(4) === 0 ? random.integer(file.length) : file.length);
    for (let n = random.integer(6); n >= 0; n--) bytes[random.integer(bytes.length)] = random.integer(256);
    const got = await decoded(bytes, format).catch((error: unknown) => error);
    if (got instanceof Error) expect(got).toMatchObject({ code: 'E_FORMAT' });
    else expect(got).toMatchObject({ channels: 4 });
  }
});

it('refuses an option that it does not know, and says so where its module cannot be had', async () => {
  const wrong = { jpg: () => {} } as object;
  expect(() => createImageDecoder(wrong)).toThrow("Did you mean 'jpeg'?");
  const offline = createImageDecoder({
    jpeg: () => {
      throw new Error('no network');
    },
  });
  const { file, width, height } = photos[0]!;
  await expect((async () => offline(file, { format: 'jpeg', width, height }))()).rejects.toMatchObject({
    code: 'E_IO',
    message: 'the decoder of jpeg cannot be had: no network',
  });
});
