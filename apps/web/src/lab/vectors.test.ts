import { describe, expect, it } from 'vitest';
import { readVectors } from './vectors.ts';

const read = (text: string) =>
  readVectors({ file: { name: 'trees.csv', file: new File([text], 'trees.csv') }, isStandardized: false });

describe('a CSV of the lab', () => {
  it('gives its numbers, and classes by a column that is called so', async () => {
    const { points, labels, classNames } = await read('x,species,y\n1,oak,2\n3,elm,4\n');
    expect(points).toEqual({ data: Float32Array.of(1, 2, 3, 4), count: 2, dimensions: 2 });
    expect(Array.from(labels!, (label) => classNames![label])).toEqual(['oak', 'elm']);
  });

  it('gives what tells a row: words that are left out, then numbers as they are in the file, however they are scaled', async () => {
    const text = 'x,kind,y,name,z\n1,oak,2,the old,7\n3,elm,4,the  young,8\n5,elm,6,a,9\n';
    const file = { name: 'trees.csv', file: new File([text], 'trees.csv') };
    const { first } = await readVectors({ file, isStandardized: true });
    expect(first).toEqual([
      { name: 'name', values: 'the old\nthe young\na' },
      { name: 'x', values: Float32Array.of(1, 3, 5) },
      { name: 'y', values: Float32Array.of(2, 4, 6) },
      { name: 'z', values: Float32Array.of(7, 8, 9) },
    ]);
    const unnamed = await read('1,2\n3,4\n');
    expect(unnamed.first.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
  });

  it('leaves words out and says so; one that colours can tell apart gives them', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${i},tree ${i},${i % 2 ? 'oak' : 'elm'},${2 * i},${i % 3 ? 'f' : ''}`,
    );
    const { points, classNames, notes } = await read(['x,name,kind,y,sex', ...rows].join('\n'));
    expect(points).toMatchObject({ count: 12, dimensions: 2 });
    expect([...classNames!].sort()).toEqual(['elm', 'oak']);
    expect(notes).toEqual(["Colours are those of 'kind'.", "Words are left out: 'name', 'sex'."]);
  });

  it('lets a column that is called as classes are go before other words', async () => {
    const { classNames, notes } = await read('island,species,x,y\na,oak,1,2\nb,elm,3,4\na,elm,3,5\n');
    expect([...classNames!].sort()).toEqual(['elm', 'oak']);
    expect(notes).toContain("Words are left out: 'island'.");
  });

  it('refuses numbers that are missing among words by their place in the file, and a table without numbers or rows', async () => {
    await expect(read('x,kind,y\n1,oak,2\n3,elm,\n5,elm,6\n')).rejects.toThrow("line 3, column 3 ('y')");
    await expect(read('kind,sex\noak,f\nelm,m\n')).rejects.toMatchObject({ code: 'E_FORMAT' });
    await expect(read('x,y\n')).rejects.toThrow('trees.csv has no rows');
    await expect(read('')).rejects.toThrow('trees.csv has no rows');
  });
});
