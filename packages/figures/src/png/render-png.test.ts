import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { fontUrls } from './font-urls.ts';
import { renderPng } from './render-png.ts';

const fonts = await Promise.all(fontUrls.map((url) => readFile(url)));
const wasm = readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'));
const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect width="10" height="5"/></svg>';

test('the renderer starts once, however often and however concurrently it is asked', async () => {
  const [one, two] = await Promise.all([
    renderPng(square, { fonts, wasm }),
    renderPng(square, { fonts, wasm }),
  ]);
  expect(one).toEqual(two);
  expect(await renderPng(square, { fonts, wasm })).toEqual(one);
});

test('scale multiplies the pixels', async () => {
  const { width, height } = decode(await renderPng(square, { scale: 3, fonts, wasm }));
  expect([width, height]).toEqual([30, 15]);
});

test('a bad scale and a broken SVG are refused', async () => {
  await expect(renderPng(square, { scale: 0, fonts, wasm })).rejects.toThrow(
    expect.objectContaining({ code: 'E_RANGE' }),
  );
  await expect(renderPng('<svg', { fonts, wasm })).rejects.toThrow(
    expect.objectContaining({ code: 'E_FORMAT' }),
  );
});

test('more pixels than memory holds are refused, and the next figure is drawn', async () => {
  for (const scale of [1639, 1e9]) {
    // 10 x 5 times 1639^2 are just more than 2^27
    await expect(renderPng(square, { scale, fonts, wasm })).rejects.toMatchObject({
      code: 'E_LIMIT',
      message: expect.stringContaining(`got ${10 * scale} x ${5 * scale} at a scale of ${scale}`),
    });
  }
  expect(decode(await renderPng(square, { scale: 1, fonts, wasm })).width).toBe(10);
});
