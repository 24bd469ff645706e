import { expect, it } from 'vitest';
import { pictureCases } from '../testing/picture-cases.ts';
import { parseGif } from './parse-gif.ts';

// Of Pillow: fixtures/make-gif-bmp.py.
const cases = pictureCases('gif.json');
const [first] = cases;

it.each(cases)('reads $name', ({ file, picture }) => {
  const { channels, data, ...size } = parseGif(file);
  expect({ ...size, channels }).toEqual({
    width: picture.width,
    height: picture.height,
    channels: picture.channels,
  });
  if (channels === 3) expect(data).toEqual(picture.data);
  else {
    // What is transparent has no colour here, and that of its palette in Pillow.
    const seen = picture.data.map((value, i) => (picture.data[i | 3] === 0 ? 0 : value));
    expect(data).toEqual(seen);
    expect(data).toContain(0);
  }
});

it('leaves transparent what a picture does not cover of its screen', () => {
  const file = first!.file.slice();
  file[6]! += 2; // the screen's width
  const { width, channels, data } = parseGif(file);
  expect([width, channels]).toEqual([15, 4]);
  expect([...data.subarray(12 * 4, 15 * 4)].filter((_, i) => i % 4 === 3)).toEqual([255, 0, 0]);
});

it('names what is damaged, wherever it is cut off', () => {
  for (let length = 0; length < first!.file.length - 2; length++) {
    const cut = () => parseGif(first!.file.subarray(0, length));
    expect(cut).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
  }
  const beyond = first!.file.slice();
  beyond[6]! -= 1;
  expect(() => parseGif(beyond)).toThrow('its picture is larger than its screen');
});

it('refuses many pixels before memory is taken', () => {
  expect(() => parseGif(first!.file, { maxPixels: 90 })).toThrow(
    expect.objectContaining({ code: 'E_LIMIT' }),
  );
});
