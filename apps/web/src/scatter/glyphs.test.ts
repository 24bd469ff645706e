import { CLASS_COLORS } from '@latentkit/figures/colors';
import { expect, it } from 'vitest';
import { luminanceOf, parseColors } from './colors.ts';
import { glyphsOf } from './glyphs.ts';
import { createScene } from './scene.ts';

const PAGE = { ground: '#ffffff', ink: '#000000', faint: '#888888', accent: '#0000ff' };

/** Points of two classes in a row, the second in the middle of the view; what is seen of them with dots of a diameter. */
function look(diameter: number, { count = 3, names = ['4', '9'], prepare = (_: Scene) => {} } = {}) {
  const scene = createScene();
  scene.setPoints(
    {
      x: Float32Array.from({ length: count }, (_, row) => row - 1),
      y: new Float32Array(count),
      category: Uint8Array.from({ length: count }, (_, row) => row % 2),
      state: new Uint8Array(count),
    },
    2,
  );
  prepare(scene);
  const colors = { ...PAGE, dots: CLASS_COLORS.light.slice(0, 2) };
  return glyphsOf(scene, {
    ...{ names, parsed: parseColors(colors), now: 0 },
    look: { diameter },
    camera: { x: 0, y: 0, scale: 60 },
    size: { width: 100, height: 100 },
  });
}
type Scene = ReturnType<typeof createScene>;

it('writes the class on dots that have room for it, where they are', () => {
  expect(look(9.9)).toEqual([]);
  expect(look(10)).toMatchObject([{ text: '9', at: [50, 50] }]);
});

it('writes nothing on dots that are not meant, for long names, and in a crowd', () => {
  expect(look(12, { prepare: (scene) => scene.isolate(0) })).toEqual([]);
  expect(look(12, { prepare: (scene) => scene.select(Uint8Array.of(1, 0, 0)) })).toEqual([]);
  expect(look(12, { names: ['shirt', 'ankle boot'] })).toEqual([]);
  const all = (scene: Scene) => scene.moveTo(new Float32Array(501), new Float32Array(501), 0, 0);
  expect(look(12, { count: 501, prepare: all })).toEqual([]);
});

it('has an ink for every class that is told from its dot by 4.5 at least (WCAG)', () => {
  for (const scheme of ['light', 'dark', 'moreContrast'] as const) {
    for (const fill of parseColors({ ...PAGE, dots: CLASS_COLORS[scheme] }).fills) {
      const luminance = luminanceOf(fill);
      const [black, white] = [(luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)];
      expect(Math.max(black, white)).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(luminanceOf([255, 255, 255])).toBeCloseTo(1, 6);
  expect(luminanceOf([0, 0, 0])).toBe(0);
  expect(luminanceOf([119, 119, 119])).toBeCloseTo(0.1845, 3); // #777777: 4.48 on white
});
