import { expect, test } from 'vitest';
import { createLiveLine } from './live-line.ts';

function record(options: { enabled: boolean; now?: () => number }) {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text), columns: 40 };
  return { written, line: createLiveLine(stream, options) };
}

test('is redrawn at most every 80 ms, and cleared once', () => {
  let now = 0;
  const { written, line } = record({ enabled: true, now: () => now });
  line.update(() => 'a');
  now = 79;
  line.update(() => 'b');
  now = 80;
  line.update(() => 'c');
  line.clear();
  line.clear();
  expect(written).toEqual(['\r\x1b[2Ka', '\r\x1b[2Kc', '\r\x1b[2K']);
});

test('leaves room for the ^C that a terminal echoes', () => {
  expect(record({ enabled: true }).line.width).toBe(37);
});

test('writes nothing where there is no terminal', () => {
  const { written, line } = record({ enabled: false });
  line.draw('a');
  line.update(() => 'b');
  line.clear();
  expect(written).toEqual([]);
});
