import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { COUNT, clouds, folderWithVectors, LABELS } from '../testing/vectors.ts';

test('vectors of a file become three maps, a figure, a table of coordinates and metrics', async () => {
  const cwd = folderWithVectors();
  const args = ['project', 'vectors.npy', '--labels', 'labels.npy', '--out', 'out', '--json'];
  const { code, stdout } = await runHere(args, { cwd });
  expect(code).toBe(0);
  const rows = jsonRows(stdout);
  expect(rows.map(({ method }) => method)).toEqual(['pca', 'tsne', 'umap']);
  for (const row of rows) {
    expect(row).toMatchObject({ points: COUNT, seconds: expect.any(Number), measured: COUNT });
    expect(row.metrics.labelAccuracy).toBe(1);
    expect(row.metrics.trustworthiness).toBeGreaterThan(0.8);
  }
  const table = readFileSync(join(cwd, 'out', 'coordinates.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(table[0]).toBe('index,label,pca_x,pca_y,tsne_x,tsne_y,umap_x,umap_y');
  expect(table).toHaveLength(COUNT + 1);
  expect(readFileSync(join(cwd, 'out', 'projections.svg'), 'utf8')).toContain('>t-SNE<');
  expect(existsSync(join(cwd, 'out', 'projections.png'))).toBe(true);
  expect(JSON.parse(readFileSync(join(cwd, 'out', 'quality.json'), 'utf8'))).toEqual(rows);
});

test('a table of text gives the map that the array gives, and a reader a table', async () => {
  const cwd = folderWithVectors();
  const { code, stdout, stderr } = await runHere(['project', 'vectors.csv', '--methods', 'pca'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^method +seconds +trustworthiness.*\nPCA +\d/);
  expect(stderr).toContain('90 vectors of 5 dimensions');
  await runHere(['project', 'vectors.npy', '--methods', 'pca', '--out', 'npy'], { cwd });
  const coordinates = (folder: string) => readFileSync(join(cwd, folder, 'coordinates.csv'), 'utf8');
  expect(coordinates('projections/vectors')).toBe(coordinates('npy'));
});

test('classes are a column of the table, by name or place; their names are shown, and they are no dimension', async () => {
  const cwd = folderWithVectors();
  const rows = readFileSync(join(cwd, 'vectors.csv'), 'utf8').trimEnd().split('\n');
  const kinds = ['kind', ...LABELS].map((label) => ['cat', 'dog', ''][Number(label)] ?? 'kind');
  writeFileSync(join(cwd, 'pets.csv'), rows.map((row, i) => `${row},${kinds[i]}\n`).join(''));
  const args = ['project', 'pets.csv', '--methods', 'pca', '--json'];
  const { stdout, stderr } = await runHere([...args, '--label-column', 'kind'], { cwd });
  expect(stderr).toContain('90 vectors of 5 dimensions');
  expect(jsonRows(stdout)[0].metrics.labelAccuracy).toBe(1);
  const table = readFileSync(join(cwd, 'projections/pets/coordinates.csv'), 'utf8').split('\n');
  expect(table.slice(0, 4).map((line) => line.split(',')[1])).toEqual(['label', 'cat', 'dog', '']);
  expect(readFileSync(join(cwd, 'projections/pets/projections.svg'), 'utf8')).toMatch(/>cat<.*>no class</s);
  const byPlace = await runHere([...args, '--label-column', '5', '--out', 'place'], { cwd });
  expect(jsonRows(byPlace.stdout)[0].metrics).toEqual(jsonRows(stdout)[0].metrics);
});

test('what a table says is told: a first row that is taken for names, and a column that looks like classes', async () => {
  const cwd = temporaryFolder();
  const rows = Array.from({ length: 60 }, (_, i) => `${i},${i * i},${i % 3}`);
  writeFileSync(join(cwd, 'pandas.csv'), `0,1,2\n${rows.join('\n')}\n`);
  const args = ['project', 'pandas.csv', '--methods', 'pca'];
  const guessed = await runHere([...args, '--out', 'a'], { cwd });
  expect(guessed.stderr).toMatch(
    /^Mapping pandas\.csv\nNote: pandas\.csv: line 1 \(0, 1, 2\) is read as the names.*--header no\)\n/,
  );
  expect(guessed.stderr).toMatch(/Note: pandas\.csv: column '2' has 3 values.*--label-column 2 /);
  expect(guessed.stderr).toContain('60 vectors of 3 dimensions');
  const told = await runHere([...args, '--header', 'no', '--label-column', '2', '--out', 'b'], { cwd });
  expect(told.stderr).toMatch(/^(?!.*line 1).*\npandas\.csv: 61 vectors of 2 dimensions\n/s);
});

test('--standardize makes columns count alike, whatever their unit', async () => {
  const cwd = folderWithVectors();
  const large = clouds().map((value, i) => (i % 5 === 0 ? 1000 * value : value));
  writeFileSync(join(cwd, 'large.npy'), encodeNpy({ shape: [COUNT, 5], data: large }));
  const coordinates = async (...args: string[]) => {
    await runHere(['project', ...args, '--methods', 'pca', '--out', 'out', '--force'], { cwd });
    const lines = readFileSync(join(cwd, 'out', 'coordinates.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.slice(1).flatMap((line) => line.split(',').slice(1).map(Number));
  };
  const [small, same, other] = [
    await coordinates('vectors.npy', '--standardize'),
    await coordinates('large.npy', '--standardize'),
    await coordinates('large.npy'),
  ];
  small!.forEach((value, i) => void expect(same![i]).toBeCloseTo(value, 3));
  expect(Math.max(...other!.map(Math.abs))).toBeGreaterThan(1000);
});

test('a second go writes over the first, but into a folder that was named only when told to', async () => {
  const cwd = folderWithVectors();
  const project = async (...args: string[]) =>
    (await runHere(['project', 'vectors.npy', '--methods', 'pca', ...args], { cwd })).code;
  expect(await project()).toBe(0);
  expect(await project()).toBe(0);
  writeFileSync(join(cwd, 'quality.json'), 'mine');
  expect(await project('--out', '.')).toBe(2);
  expect(readFileSync(join(cwd, 'quality.json'), 'utf8')).toBe('mine');
  expect(await project('--out', '.', '--force')).toBe(0);
});
