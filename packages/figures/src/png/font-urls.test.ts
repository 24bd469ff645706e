import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fontUrls } from './font-urls.ts';

test('two TrueType fonts come with the package', async () => {
  const fonts = await Promise.all(fontUrls.map((url) => readFile(url)));
  expect(fonts.map((font) => font.readUInt32BE(0))).toEqual([0x00010000, 0x00010000]);
});
