import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrays } from '@latentkit/datasets';
import { expect, test } from 'vitest';
import { makeRun } from '../testing/make-run.ts';
import { temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';

const jsonRows = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('the codes of a run are mapped, of as many test images as there are', async () => {
  const cwd = temporaryFolder();
  await makeRun(join(cwd, 'run'));
  const args = ['project', 'run', '--points', '60', '--methods', 'pca', '--json'];
  const { code, stdout } = await runHere(args, { cwd });
  expect(code).toBe(0);
  expect(jsonRows(stdout)[0]).toMatchObject({
    method: 'pca',
    metrics: { labelAccuracy: expect.any(Number) },
  });
  expect(existsSync(join(cwd, 'run', 'projections', 'projections.svg'))).toBe(true);
  const again = await runHere(args, { cwd });
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('already holds projections') });
});

test('of one latent dimension there are the maps that exist, and a word why PCA has none', async () => {
  const cwd = temporaryFolder();
  await makeRun(join(cwd, 'run'), { latentDim: 1 });
  const { code, stdout, stderr } = await runHere(['project', 'run', '--methods', 'pca,tsne', '--json'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(jsonRows(stdout).map(({ method }) => method)).toEqual(['tsne']);
  expect(stderr).toContain('Note: PCA has no map: a plane takes two points of two dimensions at least');
});

test('images are encoded with their labels where the model is conditional, and have its shape', async () => {
  const cwd = temporaryFolder();
  await makeRun(join(cwd, 'run'), { set: [{ path: ['model', 'condition'], value: { classes: 10 } }] });
  const { code, stdout } = await runHere(['project', 'run', '--methods', 'pca', '--json'], { cwd });
  expect(code).toBe(0);
  expect(jsonRows(stdout)[0]).toMatchObject({ method: 'pca' });
  const data = Uint8Array.from({ length: 30 * 56 * 14 }, (_, i) => i % 251);
  await makeRun(join(cwd, 'tall'), {}, fromArrays(data, { height: 56, width: 14, channels: 1 }));
  const wrong = await runHere(['project', 'tall', '--dataset', 'digits'], { cwd });
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toBe(
    'error: tall: its model is of images of 56 x 14, and those of digits are 28 x 28\n',
  );
});
