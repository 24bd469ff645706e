import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, Stream } from '@latentkit/core';
import { encodeCsv, encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { MAIN, plainEnvironment, runCli, temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

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

test.each([
  ['circle', 'it is a link that leads in a circle'],
  ['vectors.npy', 'it is a file'],
  ['vectors.npy/below', 'a part of the path is a file'],
])('an --out of %s is told before any work', async (out, reason) => {
  const cwd = folderWithVectors();
  symlinkSync('circle', join(cwd, 'circle'));
  const result = await runHere(['project', 'vectors.npy', '--out', out], { cwd });
  const error = `error: cannot write the folder ${out}: ${reason}. Choose another place with --out\n`;
  expect(result).toEqual({ code: 1, stdout: '', stderr: `Mapping vectors.npy\n${error}` });
});

test('a working folder that was deleted is one line, at once', async () => {
  const [cwd, file] = [temporaryFolder(), join(folderWithVectors(), 'vectors.npy')];
  const script = `require('node:fs').rmdirSync(${JSON.stringify(cwd)}); process.argv.splice(1, 0, 'latentkit'); import(${JSON.stringify(MAIN)})`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script, 'project', file], {
    ...{ cwd, encoding: 'utf8', timeout: 20_000, env: plainEnvironment() },
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Mapping [^\n]*\nerror: [^\n]*the working folder is gone[^\n]*\n$/);
});

test.each([
  [['nowhere'], 'there is no nowhere. Give a run directory, or a file that ends in .npy or .csv'],
  [['vektors.npy'], "there is no vektors.npy. Did you mean 'vectors.npy'?"],
  [['vectors.npy', '--methods', 'pcaa'], "no projection is called 'pcaa'. Did you mean 'pca'?"],
  [['vectors.npy', '--labels', 'few.npy'], 'expected a label for each of 90 vectors, got 2 in few.npy'],
  [['vectors.npy', '--labels', 'many.npy', '--points', '40'], 'each of 90 vectors, got 180 in many.npy'],
  [['vectors.npy', '--labels', 'pandas.csv'], 'names its column, say --header yes'],
  [['vectors.npy', '--label-column', '0'], '--label-column names a column of a .csv file'],
  [['vectors.csv', '--label-column', 'f'], 'there is no column "f"'],
  [['vectors.csv', '--labels', 'few.npy', '--label-column', 'a'], 'Leave one of them out'],
  [['vectors.csv', '--header', 'maybe'], 'It must be yes or no'],
  [['vectors.npy', '--dataset', 'mnist'], '--dataset goes with a run, not with a file'],
  [['hole.csv', '--methods', 'pca'], 'hole.csv: parseCsv: line 2, column 2'],
  [['nan.npy', '--methods', 'pca'], 'NaN in row 1, column 0'],
  [['line.csv', '--methods', 'pca'], 'PCA has no map: a plane takes two points of two dimensions at least'],
  [['vectors.npy', '--methods', 'pca,pca'], "'pca' is there twice"],
  [['vectors.txt'], 'expected a file that ends in .npy or .csv'],
])('project %j says in one line what is wrong', async (args, message) => {
  const cwd = folderWithVectors();
  writeFileSync(join(cwd, 'few.npy'), encodeNpy({ shape: [2], data: Uint8Array.of(0, 1) }));
  writeFileSync(join(cwd, 'many.npy'), encodeNpy({ shape: [180], data: new Uint8Array(180) }));
  writeFileSync(join(cwd, 'hole.csv'), '1,2\n3,\n');
  writeFileSync(join(cwd, 'pandas.csv'), ['0', ...LABELS].join('\n'));
  writeFileSync(
    join(cwd, 'nan.npy'),
    encodeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, Number.NaN, 4) }),
  );
  writeFileSync(join(cwd, 'line.csv'), '1\n2\n3\n');
  writeFileSync(join(cwd, 'vectors.txt'), '1 2\n');
  const { code, stdout, stderr } = await runHere(['project', ...args], { cwd });
  expect({ stdout, code: code === 1 || code === 2 }).toEqual({ stdout: '', code: true });
  expect(stderr.trimEnd().split('\n').at(-1)).toContain(message);
});

test.runIf(existsSync('/dev/full'))(
  'a stdout that is full exits 1 and is the last word: nothing is done',
  async () => {
    const cwd = folderWithVectors();
    const args = ['project', 'vectors.npy', '--methods', 'pca', '--json', '--out', 'out'];
    const { code, stderr } = await runCli(args, { cwd, stdout: '/dev/full' });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nerror: could not write to stdout: ENOSPC[^\n]*\nStopped; nothing was written\.\n$/,
    );
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  },
);
