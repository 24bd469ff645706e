import { encodeIdx, encodeNpy, encodeSafetensors } from '@latentkit/formats';
import { expect, it } from 'vitest';
import { fixture } from '../testing/fixture.ts';
import { recognizeFile } from './recognize-file.ts';

const text = (content: string) => new TextEncoder().encode(content);
const array = { shape: [2], data: new Float32Array(2) };
const header = Array.from({ length: 784 }, (_, i) => `pixel${i}`).join(',');

it('tells text of an older encoding from what is none', () => {
  const latin = Uint8Array.from('größe,breite\n1,2\n', (character) => character.charCodeAt(0));
  expect(recognizeFile(latin).what).toBe('text that is neither UTF-8 nor UTF-16: save it as UTF-8');
  expect(recognizeFile(Uint8Array.of(...latin, 0, 1)).what).toBe('of no known kind');
});

it.each([
  ['npy', encodeNpy(array), 'a NumPy array'],
  ['idx', encodeIdx(array), 'an IDX array'],
  ['zip', fixture('pets.zip'), 'a ZIP'],
  ['gzip', Uint8Array.of(0x1f, 0x8b, 8), 'a gzip file'],
  ['table', text('1,2,3\n4,5,6\n'), 'a table'],
  ['table', text('label;x\ncat;0,5\n'), 'a table'],
  ['table', text(`${header}\n${header.replace(/pixel/g, '')}\n`), 'a table'],
  ['table', text('"0","1"\r\n'), 'a table'],
  ['table', Uint8Array.of(0xff, 0xfe, 0x31, 0, 0x2c, 0, 0x32, 0), 'a table'],
  ['safetensors', encodeSafetensors({ a: array }), "a model's weights (safetensors)"],
  ['model', text('{"format":"latentkit-model","version":1}'), "a model's description (JSON)"],
  ['other', new Uint8Array(), 'empty'],
  ['text', text('Dear Diary,\ntoday was fine.\n'), 'text, and no table of numbers'],
  ['other', text('<!doctype html><p>404'), 'a web page or XML'],
  ['other', text('<?xml version="1.0"?>\n<svg/>'), 'an SVG drawing: save it as PNG'],
  ['other', text('{"a": 1}'), 'JSON, which is not read here'],
  ['other', text('%PDF-1.7'), 'a PDF'],
  ['other', Uint8Array.of(1, 2, 3, 200, 0, 0, 9), 'of no known kind'],
])('tells %s by its content: %o', (type, bytes, what) => {
  expect(recognizeFile(bytes)).toEqual({ type, what });
});
