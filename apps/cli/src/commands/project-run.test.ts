import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrays } from '@latentkit/datasets';
import { encodeNpy } from '@latentkit/formats';
import { expect, test } from 'vitest';
import { makeRun } from '../testing/make-run.ts';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

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
});

/** 60 small images of three classes, and the files of both. */
function ownImages(cwd: string) {
  const shape = { height: 4, width: 5, channels: 1 };
  const labels = Uint8Array.from({ length: 60 }, (_, i) => (i * i) % 3);
  const images = Uint8Array.from(
    { length: 60 * 20 },
    (_, i) => (i * 37 + 80 * labels[Math.floor(i / 20)]!) % 256,
  );
  writeFileSync(join(cwd, 'images.npy'), encodeNpy({ shape: [60, 4, 5], data: images }));
  writeFileSync(join(cwd, 'labels.csv'), `${[...labels].map((label) => 'abc'[label]).join('\n')}\n`);
  return { images, shape, labels };
}
const PCA = ['--methods', 'pca', '--json'];

test("a run of images of one's own says what it needs, and knows it again", async () => {
  const cwd = temporaryFolder();
  const { images, shape, labels } = ownImages(cwd);
  await makeRun(join(cwd, 'run'), {}, fromArrays(images, shape, { name: 'tiles' }));
  const without = await runHere(['project', 'run'], { cwd });
  expect(without).toEqual({
    ...{ code: 2, stdout: '' },
    stderr:
      "Mapping run\nerror: run: the run was made with images of your own: 54 training and 6 validation images of 4 x 5 x 1 ('tiles'). " +
      'Give their file or folder with --data PATH, or encode others by --dataset\n',
  });
  const project = (...args: string[]) => runHere(['project', 'run', ...PCA, ...args], { cwd });
  const known = await project('--data', 'images.npy', '--labels', 'labels.csv');
  expect(known.code).toBe(0);
  expect(known.stderr).toMatch(/^digits-dense: codes of 6 validation images of images\.npy: 6 vectors/);
  const { validation } = fromArrays(images, shape, {
    factors: { names: ['i'], sizes: [0], values: Float32Array.from(labels.keys()) },
  });
  const classes = Array.from(validation.factors!.values, (i) => 'abc'[labels[i]!]);
  const table = readFileSync(join(cwd, 'run/projections/coordinates.csv'), 'utf8').trimEnd().split('\n');
  expect(table.slice(1).map((line) => line.split(',')[1])).toEqual(classes);
  writeFileSync(join(cwd, 'other.npy'), encodeNpy({ shape: [60, 4, 5], data: images.toReversed() }));
  const other = await project('--data', 'other.npy');
  expect(other.stderr).toMatch(
    /^Note: other\.npy holds other images than the run was made with, or in .* --labels may decide: all.*\n.* 60 images of other/,
  );
  const labelled = await project('--data', 'other.npy', '--labels', 'labels.csv');
  expect(labelled.stderr).toContain(
    'holds other images than the run was made with: all of them are looked at',
  );
  expect((await project('--data', 'images.npy', '--dataset', 'digits')).stderr).toContain(
    'both say which images',
  );
});

test('images are encoded as those of their class where the model is conditional', async () => {
  const cwd = temporaryFolder();
  const { images, shape, labels } = ownImages(cwd);
  const set = [{ path: ['model', 'condition'], value: { classes: 3 } }];
  await makeRun(join(cwd, 'run'), { set }, fromArrays(images, shape, { labels }));
  const args = ['project', 'run', ...PCA, '--data', 'images.npy'];
  const { code, stdout, stderr } = await runHere([...args, '--labels', 'labels.csv'], { cwd });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining('codes of 6 validation images'),
  });
  expect(jsonRows(stdout)[0]).toMatchObject({ method: 'pca', points: 6 });
  const without = await runHere(args, { cwd });
  expect(without).toMatchObject({ code: 2, stdout: '' });
  expect(without.stderr).toMatch(/error: run: its model is conditional, and .*--labels FILE\n$/);
});

test('a model of images of another shape is refused', async () => {
  const cwd = temporaryFolder();
  const { images, shape } = ownImages(cwd);
  await makeRun(join(cwd, 'run'), {}, fromArrays(images, shape));
  writeFileSync(join(cwd, 'tall.npy'), encodeNpy({ shape: [60, 10, 2], data: images }));
  expect(await runHere(['project', 'run', '--data', 'tall.npy'], { cwd })).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: expect.stringMatching(
      /error: run: its model is of images of 4 x 5 x 1, got images of tall\.npy, which are 10 x 2 x 1\. Take images of that size, or a run that was trained on such\n$/,
    ),
  });
});

test('of one latent dimension there are the maps that exist, and a word why PCA has none', async () => {
  const cwd = temporaryFolder();
  const { images, shape } = ownImages(cwd);
  await makeRun(join(cwd, 'run'), { latentDim: 1 }, fromArrays(images, shape));
  const { code, stdout, stderr } = await runHere(
    ['project', 'run', '--methods', 'pca,tsne', '--json', '--data', 'images.npy'],
    {
      cwd,
    },
  );
  expect(code).toBe(0);
  expect(jsonRows(stdout).map(({ method }) => method)).toEqual(['tsne']);
  expect(stderr).toContain('Note: PCA has no map: a plane takes two points of two dimensions at least');
});
