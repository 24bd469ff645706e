import { type Camera, type Pixel, type Size, toPixel } from './camera.ts';
import { luminanceOf, type ParsedColors } from './colors.ts';
import { isDrawn } from './renderer.ts';
import type { Scene } from './scene.ts';

/** A class written on a dot: what it is, is said by more than its colour. */
export interface Glyph {
  readonly text: string;
  readonly at: Pixel;
  readonly ink: string;
}

/** What a map looks like, as far as signs follow from it. */
export interface GlyphView {
  readonly names: readonly string[];
  readonly look: { readonly diameter: number };
  readonly camera: Camera;
  readonly size: Size;
  readonly parsed: ParsedColors;
  readonly now: number;
}

/** Dots from this diameter on, in CSS pixels, have room for a sign. */
const GLYPHS_FROM = 10;
/** Longer names are no signs. */
const LONGEST = 2;
/** More would be a crowd, and take a frame's time. */
const MOST = 500;
/** Of this relative luminance are colours that black and white are told from equally well. */
const MIDDLE = 0.179;
/** Of a dot's diameter. */
const GLYPH_SIZE = 0.72;

/** The signs of the dots that are in view and meant; none where dots are small, or too many. */
export function glyphsOf(
  scene: Scene,
  { names, look, camera, size, parsed, now }: GlyphView,
): readonly Glyph[] {
  if (look.diameter < GLYPHS_FROM || !names.some((name) => name.length <= LONGEST)) return [];
  const { category, state, isolated, hasSelection } = scene;
  const inks = parsed.fills.map((fill) => (luminanceOf(fill) > MIDDLE ? '#000000' : '#ffffff'));
  const glyphs: Glyph[] = [];
  for (let row = 0; row < category.length; row++) {
    const text = names[category[row]!];
    if (!text || text.length > LONGEST) continue;
    if (!isDrawn('meant', category[row]!, state[row]!, { isolated, hasSelection })) continue;
    const at = toPixel(camera, size, ...scene.placeOf(row, now));
    if (!(at[0] > 0 && at[1] > 0 && at[0] < size.width && at[1] < size.height)) continue;
    if (glyphs.length === MOST) return [];
    glyphs.push({ text, at, ink: inks[category[row]!] ?? '#000000' });
  }
  return glyphs;
}

export function drawGlyphs(
  context: CanvasRenderingContext2D,
  glyphs: readonly Glyph[],
  { diameter, font }: { readonly diameter: number; readonly font: string },
): void {
  if (glyphs.length === 0) return; // to set a font takes longer than all the rest
  context.font = `700 ${GLYPH_SIZE * diameter}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { text, at, ink } of glyphs) {
    context.fillStyle = ink;
    context.fillText(text, at[0], at[1]);
  }
}
