import { LatentkitError } from '@latentkit/core';
import { asBytes } from '../arrays/as-bytes.ts';
import { MAX_TEXT_BYTES } from '../limits.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Reads text as programs write it: UTF-8 or UTF-16, with a byte order mark or without.
 *
 * The mark is no part of the text. UTF-16 without one is known by the zero byte in the first character's two, which
 * no other text has.
 *
 * @param where the file's name, for messages.
 * @throws `E_LIMIT` beyond `MAX_TEXT_BYTES` bytes; `E_FORMAT` for another encoding; `E_USAGE` for what are no bytes.
 * @example
 * decodeText(new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'a.csv'); // { text: 'A', encoding: 'utf-16le' }
 * @see RFC 3629, section 6; RFC 2781, section 3.2
 */
export function decodeText(
  file: Uint8Array | ArrayBufferLike,
  where: string,
): { text: string; encoding: TextEncoding } {
  const bytes = asBytes(where, file);
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new LatentkitError(
      'E_LIMIT',
      `${where}: expected at most ${MAX_TEXT_BYTES} bytes of text (MAX_TEXT_BYTES), got ${bytes.length}`,
      { fix: 'Tables of this size can be saved as .npy.' },
    );
  }
  const encoding = findEncoding(bytes);
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where}: expected text in UTF-8 or UTF-16, got other bytes`, {
      fix: 'Save it as UTF-8.',
      cause,
    });
  }
}

function findEncoding([first, second]: Uint8Array): TextEncoding {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) {
    return 'utf-16be';
  }
  return 'utf-8';
}
