import { expect, it } from 'vitest';
import { MAX_TEXT_BYTES } from '../limits.ts';
import { decodeText } from './decode-text.ts';

const utf16 = (text: string, swap: boolean) =>
  Uint8Array.from(
    [...text].flatMap((c) => {
      const pair = [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8];
      return swap ? pair.reverse() : pair;
    }),
  );

it.each([
  ['UTF-8', new TextEncoder().encode('x,ä\n'), 'utf-8'],
  ['UTF-8 with its mark', new TextEncoder().encode('\ufeffx,ä\n'), 'utf-8'],
  ['UTF-16, low byte first', utf16('\ufeffx,ä\n', false), 'utf-16le'],
  ['UTF-16, high byte first', utf16('\ufeffx,ä\n', true), 'utf-16be'],
  ['UTF-16 without a mark', utf16('x,ä\n', false), 'utf-16le'],
  ['UTF-16 without a mark, high byte first', utf16('x,ä\n', true), 'utf-16be'],
])('reads %s, without the mark', (_, bytes, encoding) => {
  expect(decodeText(bytes, 'a.csv')).toEqual({ text: 'x,ä\n', encoding });
});

it('reads nothing, and a single byte', () => {
  expect(decodeText(new ArrayBuffer(0), 'a')).toEqual({ text: '', encoding: 'utf-8' });
  expect(decodeText(Uint8Array.of(0x41), 'a').text).toBe('A');
});

it('names the limit of text', () => {
  expect(() => decodeText(new ArrayBuffer(MAX_TEXT_BYTES + 1), 'a.csv')).toThrow(
    expect.objectContaining({ code: 'E_LIMIT', message: expect.stringContaining('MAX_TEXT_BYTES') }),
  );
});

it('refuses other encodings and says what to do', () => {
  expect(() => decodeText(Uint8Array.of(0x78, 0xe4, 0x0a), 'a.csv')).toThrow(
    expect.objectContaining({
      code: 'E_FORMAT',
      message: 'a.csv: expected text in UTF-8 or UTF-16, got other bytes. Save it as UTF-8.',
    }),
  );
});
