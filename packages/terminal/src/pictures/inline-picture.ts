import { Buffer } from 'node:buffer';

const CHUNK = 4096;

/**
 * A PNG in the terminal by kitty's graphics protocol, `columns` characters wide; the terminal is asked for no answer, which would be
 * typed into whatever reads the keyboard.
 *
 * @see https://sw.kovidgoyal.net/kitty/graphics-protocol
 */
export function kittyPicture(png: Uint8Array, columns: number): string {
  const text = Buffer.from(png).toString('base64');
  const chunks = text.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? [];
  return chunks
    .map((chunk, i) => {
      const head = i === 0 ? `a=T,f=100,q=2,c=${columns},` : '';
      return `\x1b_G${head}m=${i === chunks.length - 1 ? 0 : 1};${chunk}\x1b\\`;
    })
    .join('');
}

/**
 * A PNG in the terminal by iTerm2's protocol, `columns` characters wide.
 *
 * @see https://iterm2.com/documentation-images.html
 */
export function itermPicture(png: Uint8Array, columns: number): string {
  const head = `inline=1;size=${png.length};width=${columns};preserveAspectRatio=1`;
  return `\x1b]1337;File=${head}:${Buffer.from(png).toString('base64')}\x07`;
}
