import { expect, it } from 'vitest';
import type { ImportSetsOptions } from '../import/import-options.ts';
import { importSets } from '../import/import-sets.ts';
import { fixture } from '../testing/fixture.ts';
import { files, text } from '../testing/import-of.ts';

const importOf = (contents: Record<string, Uint8Array>, options: ImportSetsOptions = {}) =>
  importSets(files(contents), { source: 'table', ...options });
const ofText = (content: string, options?: ImportSetsOptions) =>
  importOf({ 't.csv': text(content) }, options);

it.each<[string, string, ImportSetsOptions | undefined, string, string]>([
  [
    'a word among numbers',
    `a\n${'1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n'}x\n`,
    undefined,
    'E_FORMAT',
    'line 13, column "a": expected a finite number, got "x"',
  ],
  [
    'a column without a value',
    'a,b\n1,\n2,\n3,\n',
    undefined,
    'E_FORMAT',
    'its column "b" has no value in any row',
  ],
  [
    'words of too many kinds',
    `a\n${Array.from({ length: 101 }, (_, i) => `w${i}`).join('\n')}\n`,
    undefined,
    'E_RANGE',
    '101 different words',
  ],
  ['two columns of one name', 'a,a\n1,2\n3,4\n5,6\n', undefined, 'E_FORMAT', 'two columns are called "a"'],
  [
    'a use of no column',
    'a,b\n1,2\n3,4\n5,6\n',
    { uses: { c: 'ignore' } },
    'E_UNKNOWN_NAME',
    'there is no column "c"',
  ],
  [
    'a label that is not there',
    'a,b\n1,2\n3,4\n5,6\n',
    { labelColumn: 'c' },
    'E_UNKNOWN_NAME',
    'no column "c"',
  ],
  [
    'nothing to learn',
    'a,b\n1,2\n1,2\n',
    undefined,
    'E_FORMAT',
    'no column of it says anything that a model could learn: each has one value, in 2 rows',
  ],
  [
    'one row',
    'a,b\n1,2\n',
    undefined,
    'E_FORMAT',
    'each has one value, in 1 row. Give more rows, or other ones',
  ],
  ['a use that there is not', 'a\n1\n2\n3\n', { uses: { a: 'float' } } as never, 'E_CONFIG', 'a: "float"'],
])('refuses %s', async (_, content, options, code, message) => {
  await expect(ofText(content, options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

it('refuses two tables of one part, and what is no table', async () => {
  const one = text('a,b\n1,x\n3,y\n5,x\n');
  await expect(importOf({ 'a.csv': one, 'b.csv': one })).rejects.toThrow('both tables of one part');
  await expect(importOf({ 'a.npy': fixture('unnamed.npz') })).rejects.toMatchObject({ code: 'E_FORMAT' });
});
