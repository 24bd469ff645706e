import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
const encode = (...args: string[]) => runHere(['encode', 'run', '--set', 'validation', ...args], { cwd });
const meansOf = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(2, 7).map(Number));

test('a pipe gets CSV, every number the one of the NPY files', async () => {
  const { code, stdout } = await encode();
  expect(code).toBe(0);
  const names = [1, 2, 3, 4, 5];
  expect(stdout.split('\n')[0]).toBe(
    `index,label,${names.map((i) => `mean_${i}`).join()},${names.map((i) => `log_var_${i}`).join()}`,
  );
  await encode('--format', 'npy', '--out', 'arrays');
  expect(readdirSync(join(cwd, 'arrays')).sort()).toEqual(['labels.npy', 'log-variances.npy', 'means.npy']);
  const { shape, data } = parseNpy(readFileSync(join(cwd, 'arrays', 'means.npy')));
  expect(shape).toEqual([8, 5]);
  expect(Float32Array.from(meansOf(stdout).flat())).toEqual(data);
});

test('files are named by --out, or lie in the run', async () => {
  const json = async (...args: string[]) => JSON.parse((await encode('--json', ...args)).stdout);
  expect(await json()).toMatchObject({ files: [join('run', 'codes', 'codes.csv')], images: 8, latentDim: 5 });
  expect(await json('--out', 'codes.parquet', '--limit', '3')).toMatchObject({ images: 3 });
  expect(readFileSync(join(cwd, 'codes.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  const { stderr, stdout } = await encode('--out', 'means.npy');
  expect(stdout).toBe('means.npy\n');
  expect(stderr).toContain('Note: means.npy holds the means alone');
});

test('a folder that was named keeps what it holds, until --force', async () => {
  mkdirSync(join(cwd, 'mine'));
  writeFileSync(join(cwd, 'mine', 'labels.npy'), 'mine');
  const refused = await encode('--format', 'npy', '--out', 'mine');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('error: mine holds labels.npy already. Choose another folder');
  expect(readdirSync(join(cwd, 'mine'))).toEqual(['labels.npy']);
  expect((await encode('--format', 'npy', '--out', 'mine', '--force')).code).toBe(0);
  expect(readFileSync(join(cwd, 'mine', 'labels.npy'), 'utf8')).not.toBe('mine');
});

test('what it writes goes into sample and interpolate again', async () => {
  await encode('--out', 'two.csv', '--limit', '2');
  await encode('--out', 'two.npy', '--limit', '2');
  const between = async (file: string) =>
    JSON.parse(
      (await runHere(['interpolate', 'run', '--from-file', file, '--out', 'way.svg', '--json'], { cwd }))
        .stdout,
    );
  const { latent } = await between('two.csv');
  expect(latent).toHaveLength(10);
  expect((await between('two.npy')).latent).toEqual(latent);
});
