import type { Picture } from './picture.ts';

const RESET = '\x1b[0m';
const OPAQUE = 128;
const BRIGHT = 96; // strokes that were made smaller are paler than they were

type Color = readonly [red: number, green: number, blue: number];

/**
 * A picture in characters, two pixels above each other in one: `▀` with the upper one's colour on the lower one's. What is
 * transparent shows the terminal's own background.
 *
 * @param colors bits of colour: 24, 8 (of 256 colours the nearest), or 1, where a pixel is there or not.
 * @returns lines, each of `width` characters.
 */
export function halfBlocks(picture: Picture, colors: 24 | 8 | 1): string[] {
  const rows = Math.ceil(picture.height / 2);
  return Array.from({ length: rows }, (_, row) => {
    let line = '';
    let style = RESET;
    for (let x = 0; x < picture.width; x++) {
      const [next, character] = cell(colorAt(picture, x, 2 * row), colorAt(picture, x, 2 * row + 1), colors);
      if (next !== style) line += next;
      style = next;
      line += character;
    }
    return style === RESET ? line : line + RESET;
  });
}

function cell(above: Color | undefined, below: Color | undefined, colors: 24 | 8 | 1): [string, string] {
  if (colors === 1) {
    const [up, down] = [above, below].map((color) => color !== undefined && luminance(color) >= BRIGHT);
    return [RESET, up ? (down ? '█' : '▀') : down ? '▄' : ' '];
  }
  const paint = colors === 24 ? exact : nearest;
  if (above && below) return [`\x1b[38;${paint(above)};48;${paint(below)}m`, '▀'];
  const only = above ?? below;
  return only ? [`\x1b[0;38;${paint(only)}m`, above ? '▀' : '▄'] : [RESET, ' '];
}

function colorAt({ width, height, channels, data }: Picture, x: number, y: number): Color | undefined {
  if (y >= height) return undefined;
  const at = (y * width + x) * channels;
  if (channels % 2 === 0 && data[at + channels - 1]! < OPAQUE) return undefined;
  return channels > 2 ? [data[at]!, data[at + 1]!, data[at + 2]!] : [data[at]!, data[at]!, data[at]!];
}

function luminance([red, green, blue]: Color): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function exact(color: Color): string {
  return `2;${color.join(';')}`;
}

const CUBE = [0, 95, 135, 175, 215, 255];
const GRAYS = 24;

/** Of xterm's 256 colours: its ramp of greys, or its cube of 6 x 6 x 6. */
function nearest([red, green, blue]: Color): string {
  const gray = Math.round((luminance([red, green, blue]) - 8) / 10);
  if (red === green && green === blue && gray >= 0 && gray < GRAYS) return `5;${232 + gray}`;
  const [r, g, b] = [red, green, blue].map((value) => {
    const distances = CUBE.map((level) => Math.abs(level - value));
    return distances.indexOf(Math.min(...distances));
  });
  return `5;${16 + 36 * r! + 6 * g! + b!}`;
}
