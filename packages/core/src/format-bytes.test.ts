import { expect, it } from 'vitest';
import { formatBytes } from './format-bytes.ts';

it.each([
  [2.25e9, '2.3 GB'],
  [11.6e6, '11.6 MB'],
  [4200, '5 kB'],
  [0, '0 kB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
