import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { MAIN, plainEnvironment, runCli, temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';
import { folderWithVectors, LABELS } from '../testing/vectors.ts';

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
    ...{ cwd, encoding: 'utf8', timeout: 150_000, env: plainEnvironment() },
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Mapping [^\n]*\nerror: [^\n]*nothing can be made there[^\n]*\n$/);
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
  [['vectors.csv', '--header', 'maybe'], 'It must be yes, no or auto'],
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
