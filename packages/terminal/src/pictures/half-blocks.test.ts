import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { halfBlocks } from './half-blocks.ts';
import type { Picture } from './picture.ts';

const gray = (width: number, height: number, ...data: number[]): Picture => ({
  ...{ width, height, channels: 1 },
  data: Uint8Array.from(data),
});

test('two pixels above each other are one character, in both their colours', () => {
  const picture: Picture = { width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect(halfBlocks(picture, 24)).toEqual(['\x1b[38;2;1;2;3;48;2;4;5;6m▀\x1b[0m']);
});

test('a colour is said once where it goes on, and a line ends without one', () => {
  const [line] = halfBlocks(gray(3, 2, 9, 9, 8, 7, 7, 7), 24);
  expect(line).toBe('\x1b[38;2;9;9;9;48;2;7;7;7m▀▀\x1b[38;2;8;8;8;48;2;7;7;7m▀\x1b[0m');
});

test("what is transparent, or below an odd picture's last line, shows the terminal's own background", () => {
  const data = Uint8Array.of(5, 255, 5, 0, 5, 0, 5, 0, 6, 255, 5, 0, 7, 255, 8, 0, 0, 0);
  const lines = halfBlocks({ width: 3, height: 3, channels: 2, data }, 24);
  expect(lines).toEqual(['\x1b[0;38;2;5;5;5m▀\x1b[0;38;2;6;6;6m▄\x1b[0m ', '\x1b[0;38;2;7;7;7m▀\x1b[0m  ']);
});

// https://www.ditig.com/256-colors-cheat-sheet: 16 black, 231 white, 232 #080808, 244 #808080, 255 #eeeeee, 196 red, 22 #005f00
test.each([
  [[0, 0, 0], 16],
  [[255, 255, 255], 231],
  [[8, 8, 8], 232],
  [[128, 128, 128], 244],
  [[238, 238, 238], 255],
  [[255, 0, 0], 196],
  [[10, 90, 0], 22],
])('%j is the colour %d of 256', (color, index) => {
  const picture: Picture = { width: 1, height: 1, channels: 3, data: Uint8Array.from(color) };
  expect(halfBlocks(picture, 8)).toEqual([`\x1b[0;38;5;${index}m▀\x1b[0m`]);
});

test('without colours a pixel is there or not', () => {
  expect(halfBlocks(gray(4, 2, 0, 255, 0, 200, 0, 0, 255, 128), 1)).toEqual([' ▀▄█']);
});

test('every line is as wide as the picture', () => {
  const picture = gray(5, 7, ...Array.from({ length: 35 }, (_, i) => i * 7));
  for (const colors of [24, 8, 1] as const) {
    const lines = halfBlocks(picture, colors).map(stripVTControlCharacters);
    expect(lines.map((line) => line.length)).toEqual([5, 5, 5, 5]);
  }
});
