import { expect, it } from 'vitest';
import { fixture } from '../testing/fixture.ts';
import { isTable, isTableFile } from './is-table.ts';

const bytes = (content: string) => new TextEncoder().encode(content);
const row = (count: number) => Array.from({ length: count }, (_, i) => i).join(',');

it.each([
  ['words in several columns', 'age,soil,kind\n36,clay,a\n4,sand,b\n', true],
  ['words between numbers', 'age,soil,height\n36,clay,1.8\n4,sand,2\n', true],
  ['a few numbers and a class, as irises are', '5.1,3.5,1.4,0.2,setosa\n4.9,3,1.4,0.2,setosa\n', true],
  ['numbers that make no square', `${row(20)}\n${row(20)}\n`, true],
  ['semicolons and decimal commas', 'größe;breite\r\n1,5;2,5\r\n2,5;7\r\n', true],
  ['a last line that is cut off', 'age,soil,height\n36,clay,1.8\n4,sand,2\n5,sa', true],
  ['a line that is too short further on', 'age,soil,height\n36,clay,1.8\n4,sand,2\n5\n', true],
  ['an image a row', `${row(784)}\n${row(784)}\n`, false],
  ['an image a row with its class', `label,${row(784)}\n7,${row(784)}\n`, false],
  ['an image a row with its class in words', `${row(16)},cat\n${row(16)},dog\n`, false],
  ['an image a row, and a slip', `${row(16)}\n${row(16)}\n${row(15)},x\n`, false],
  ['a text', 'Dear diary,\ntoday it rained.\nIt rained, and rained, and rained.\n', false],
  ['a list of classes', 'cat\ndog\ncat\n', false],
  ['nothing', '', false],
])('%s: %s', (_, content, expected) => {
  expect(isTable(bytes(content))).toBe(expected);
});

it('is no picture, and takes nothing but bytes', () => {
  expect(isTable(bytes('\x89PNG\r\n\x1a\n'))).toBe(false);
  expect(() => isTable('a,b' as unknown as Uint8Array)).toThrow('a Uint8Array');
});

it('of Parquet is told by the columns of its footer: pictures are none, and what is cut off', async () => {
  const pieces = (bytes: Uint8Array) => ({
    size: bytes.length,
    read: (from: number, to: number) => bytes.subarray(from, to),
  });
  const trees = fixture('trees.parquet');
  expect(await isTableFile(pieces(trees))).toBe(true);
  expect(await isTableFile(pieces(trees.subarray(0, -100)))).toBe(false);
  expect(await isTableFile(pieces(trees.subarray(0, 5)))).toBe(false);
  expect(await isTableFile(pieces(fixture('train-00000-of-00002.parquet')))).toBe(false);
  expect(await isTableFile(pieces(fixture('trees.csv')))).toBe(true);
});
