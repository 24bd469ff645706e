import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const format = (message: string) =>
  expect.objectContaining({ code: 'E_FORMAT', message: expect.stringContaining(message) });

it('reads JSON with a byte order mark and without, from bytes of any kind', () => {
  expect(parseJson(bytes('{"a": [1, "{["]}'), 'a.json')).toEqual({ a: [1, '{['] });
  expect(parseJson(bytes('\ufeff{"a":1}\r\n').buffer, 'a.json')).toEqual({ a: 1 });
  expect(parseJson('[1]', 'a.json')).toEqual([1]);
});

it('names UTF-16, which JSON files may not be', () => {
  const file = Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0);
  expect(() => parseJson(file, 'a.json')).toThrow(format('a.json: expected JSON in UTF-8, got UTF-16LE'));
});

it('names the file that is no JSON', () => {
  for (const text of ['', '{', '"', '"\\', '{"a":}', ']', ']]]{"a"']) {
    expect(() => parseJson(bytes(text), 'a.json')).toThrow(format('a.json is not JSON'));
  }
});

it('refuses what is nested too deep for anything that reads it, and no brackets inside of texts', () => {
  const nested = (depth: number) => bytes(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(() => parseJson(nested(9000), 'a.json')).toThrow(format('at most 100 deep'));
  expect(() => parseJson(nested(100), 'a.json')).toThrow(format('at most 100 deep'));
  expect(parseJson(nested(99), 'a.json')).toHaveProperty('a');
  expect(parseJson(bytes(`["\\"${'['.repeat(9000)}"]`), 'a.json')).toHaveLength(1);
});

it('bounds what it repeats of a file in a message', () => {
  for (const text of [`${'a'.repeat(5_000_000)}`, `{"a": "${'b'.repeat(5_000_000)}" c}`]) {
    expect(() => parseJson(text, 'a.json')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,200}$/s) }),
    );
  }
});
