import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { drawSamples } from '../mosaics/draw-samples.ts';
import { plotLossCurves } from '../plots/plot-loss-curves.ts';
import { figure } from '../svg/figure.ts';
import { label } from '../text/label.ts';
import { svgToPng } from './svg-to-png.ts';

const draw = async (text: string, attributes = {}) => {
  const size = { width: 120, height: 30 };
  return decode(
    await svgToPng(figure(size, { title: '', subtitle: '' }, [label('title', text, 5, 20, attributes)])),
  );
};
/** Pixels whose red is dark. */
const ink = ({ data, channels }: { data: ArrayLike<number>; channels: number }) => {
  let count = 0;
  for (let i = 0; i < data.length; i += channels) if (data[i]! < 128) count++;
  return count;
};

test('text leaves ink, no text leaves none', async () => {
  expect(ink(await draw('KL divergence'))).toBeGreaterThan(500);
  expect(ink(await draw(''))).toBe(0);
});

test.each(['z₁', 'β', 'µσ', '−3', '1.5×10⁻⁷', 'a…'])('the font has what %s needs', async (text) => {
  const missing = await draw('\u4e2d'.repeat([...text].length));
  const drawn = await draw(text);
  expect(ink(drawn)).toBeGreaterThan(20);
  expect(drawn.data).not.toEqual(missing.data);
});

test('the heavier weight is a font of its own', async () => {
  expect(ink(await draw('Total loss'))).toBeGreaterThan(
    ink(await draw('Total loss', { 'font-weight': 400 })) * 1.1,
  );
});

test('pixels of an image arrive sharp: no grey between black and white', async () => {
  const images = Uint8Array.from({ length: 64 }, (_, i) => ((i + (i >> 3)) % 2) * 255);
  const svg = drawSamples({ images, shape: { height: 8, width: 8, channels: 1 } }, { title: '' });
  const { data } = decode(await svgToPng(svg));
  expect(new Set(data)).toEqual(new Set([0, 255]));
});

test('the same figure gives the same bytes', async () => {
  const svg = plotLossCurves([
    { epoch: 1, loss: 2 },
    { epoch: 2, loss: 1 },
  ]);
  expect(await svgToPng(svg)).toEqual(await svgToPng(svg));
});
