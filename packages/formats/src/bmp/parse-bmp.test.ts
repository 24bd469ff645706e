import { expect, it } from 'vitest';
import { pictureCases } from '../testing/picture-cases.ts';
import { parseBmp } from './parse-bmp.ts';

// Of Pillow, and packed by hand: fixtures/make-gif-bmp.py.
const cases = pictureCases('bmp.json');
const [first] = cases;

it.each(cases)('reads $name', ({ file, picture }) => {
  expect(parseBmp(file)).toEqual(picture);
});

it('names what is damaged, wherever it is cut off', () => {
  for (const { file } of cases) {
    for (let length = 0; length < file.length; length++) {
      const cut = () => parseBmp(file.subarray(0, length));
      expect(cut, String(length)).toThrow(expect.objectContaining({ code: 'E_FORMAT' }));
    }
  }
});

it('refuses what is packed by runs, saying so, and masks with holes', () => {
  const runs = first!.file.slice();
  runs[30] = 1;
  expect(() => parseBmp(runs)).toThrow('it is packed (kind 1)');
  const holes = cases.find(({ name }) => name.startsWith('16 bits with masks'))!.file.slice();
  holes[54] = 0x0a;
  expect(() => parseBmp(holes)).toThrow('its masks have holes');
});

it('refuses many pixels before memory is taken', () => {
  expect(() => parseBmp(first!.file, { maxPixels: 44 })).toThrow(
    expect.objectContaining({ code: 'E_LIMIT' }),
  );
});
