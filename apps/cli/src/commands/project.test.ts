import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, Stream } from '@latentkit/core';
import { encodeCsv, encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { runCli, TINY, temporaryFolder } from '../testing/run-cli.ts';

const COUNT = 90;
const LABELS = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);

/** Three clouds in five dimensions. */
function clouds(): Float32Array {
  const random = createRandom({ seed: 5, stream: Stream.sample });
  return Float32Array.from({ length: 5 * COUNT }, (_, i) =>
    LABELS[Math.floor(i / 5)] === i % 5 ? 9 + random.normal() : random.normal(),
  );
}

function folderWithVectors(): string {
  const cwd = temporaryFolder();
  const table = { shape: [COUNT, 5], data: clouds() };
  writeFileSync(join(cwd, 'vectors.npy'), encodeNpy(table));
  writeFileSync(join(cwd, 'vectors.csv'), encodeCsv(table, { columns: ['a', 'b', 'c', 'd', 'e'] }));
  writeFileSync(join(cwd, 'labels.npy'), encodeNpy({ shape: [COUNT], data: LABELS }));
  return cwd;
}
const jsonRows = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('vectors of a file become three maps, a figure, a table of coordinates and metrics', async () => {
  const cwd = folderWithVectors();
  const args = ['project', 'vectors.npy', '--labels', 'labels.npy', '--out', 'out', '--json'];
  const { code, stdout } = await runCli(args, { cwd });
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
  expect(jsonRows(readFileSync(join(cwd, 'out', 'quality.json'), 'utf8'))).toEqual(rows);
});

test('a table of text gives the map that the array gives, and a reader a table', async () => {
  const cwd = folderWithVectors();
  const { code, stdout, stderr } = await runCli(['project', 'vectors.csv', '--methods', 'pca'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^method +seconds +trustworthiness.*\nPCA +\d/);
  expect(stderr).toContain('90 vectors of 5 dimensions');
  await runCli(['project', 'vectors.npy', '--methods', 'pca', '--out', 'npy'], { cwd });
  const coordinates = (folder: string) => readFileSync(join(cwd, folder, 'coordinates.csv'), 'utf8');
  expect(coordinates('projections/vectors')).toBe(coordinates('npy'));
});

test('the codes of a run are mapped, of as many test images as there are', async () => {
  const cwd = temporaryFolder();
  await runCli(['train', ...TINY, '--out', 'run'], { cwd });
  const args = ['project', 'run', '--points', '60', '--methods', 'pca', '--json'];
  const { code, stdout } = await runCli(args, { cwd });
  expect(code).toBe(0);
  expect(jsonRows(stdout)[0]).toMatchObject({
    method: 'pca',
    metrics: { labelAccuracy: expect.any(Number) },
  });
  expect(existsSync(join(cwd, 'run', 'projections', 'projections.svg'))).toBe(true);
  const again = await runCli(args, { cwd });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('already holds projections') });
});

test.each([
  [['nowhere'], 'there is no nowhere. Give a run directory, or a file that ends in .npy or .csv'],
  [['vectors.npy', '--methods', 'pcaa'], "no projection is called 'pcaa'. Did you mean 'pca'?"],
  [['vectors.npy', '--labels', 'few.npy'], 'expected a label for each of 90 vectors, got 2 in few.npy'],
  [['vectors.npy', '--dataset', 'mnist'], '--dataset and --data-dir go with a run'],
  [['hole.csv', '--methods', 'pca'], 'hole.csv: parseCsv: line 2, column 2'],
  [['nan.npy', '--methods', 'pca'], 'NaN in row 1, column 0'],
  [['line.csv', '--methods', 'pca'], 'PCA has no map: a plane takes two points of two dimensions at least'],
  [['vectors.npy', '--methods', 'pca,pca'], "'pca' is there twice"],
  [['vectors.txt'], 'expected a file that ends in .npy or .csv'],
])('project %j says in one line what is wrong', async (args, message) => {
  const cwd = folderWithVectors();
  writeFileSync(join(cwd, 'few.npy'), encodeNpy({ shape: [2], data: Uint8Array.of(0, 1) }));
  writeFileSync(join(cwd, 'hole.csv'), '1,2\n3,\n');
  writeFileSync(
    join(cwd, 'nan.npy'),
    encodeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, Number.NaN, 4) }),
  );
  writeFileSync(join(cwd, 'line.csv'), '1\n2\n3\n');
  writeFileSync(join(cwd, 'vectors.txt'), '1 2\n');
  const { code, stdout, stderr } = await runCli(['project', ...args], { cwd });
  expect({ stdout, code: code === 1 || code === 2 }).toEqual({ stdout: '', code: true });
  expect(stderr.trimEnd().split('\n').at(-1)).toContain(message);
});
