import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { describe, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const told = { path: ['model', 'condition', 'classes'], value: 10 };
const cwd = sharedRuns({
  run: {},
  plain: { recipe: 'autoencoder' },
  told: { set: [told] },
});
const latentkit = (...args: string[]) => runHere(args, { cwd });
/** Of the run's own few images, and an SVG alone, as a PNG takes its time. */
const json = async (...args: string[]) => {
  const few = args.includes('--data') || args.includes('--dataset') ? [] : ['--set', 'validation'];
  const { code, stdout, stderr } = await latentkit(...args, ...few, '--out', 'picture.svg', '--json');
  expect({ code, stderr: stderr.split('\n').filter((line) => line.startsWith('error')) }).toEqual({
    ...{ code: 0, stderr: [] },
  });
  return JSON.parse(stdout);
};

describe.each(['reconstruct', 'sample', 'traverse', 'interpolate'])('%s', (command) => {
  test('writes both pictures into the run, and their paths into a pipe', async () => {
    const { code, stdout, stderr } = await latentkit(command, 'run', '--set', 'validation');
    const files = ['svg', 'png'].map((ending) => join('run', 'pictures', `${command}.${ending}`));
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${files.join('\n')}\n` });
    expect(stderr).toMatch(/^digits-dense in run\n[^\n]+\nDone in [^\n]*\n$/);
    expect(readFileSync(join(cwd, files[0]!), 'utf8')).toMatch(/^<svg/);
    expect(readFileSync(join(cwd, files[1]!)).subarray(1, 4).toString()).toBe('PNG');
  });

  const small = ['--set', 'validation', '--width', '300'];
  test('writes one where --out says, by its ending, or to stdout', async () => {
    await latentkit(command, 'run', ...small, '--out', `new/${command}.svg`);
    const file = readFileSync(join(cwd, 'new', `${command}.svg`), 'utf8');
    const { stdout } = await latentkit(command, 'run', ...small, '--out', '-');
    expect(stdout).toBe(file);
    expect(Number(/width="(\d+)"/.exec(file)![1])).toBeLessThanOrEqual(300);
  });
});

test('images are chosen by class, by index, or from a file; their errors are told', async () => {
  const some = await json('reconstruct', 'run', '--dataset', 'digits', '--count', '12');
  expect(some.of).toBe('validation images of digits');
  expect(some.labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  const chosen = await json('reconstruct', 'run', '--indices', '7,1');
  expect(chosen.indices).toEqual([7, 1]);
  expect(some.meanSquaredErrors).toHaveLength(12);
  writeFileSync(join(cwd, 'own.npy'), encodeNpy({ shape: [3, 28, 28], data: new Uint8Array(3 * 784) }));
  const own = await json('reconstruct', 'run', '--data', 'own.npy');
  expect(own).toMatchObject({ of: 'images of own.npy', indices: [0, 1, 2] });
});

test('samples of a seed are the same ones; a class is known by its number or name', async () => {
  const [first, more, other] = [
    await json('sample', 'run', '--count', '2', '--seed', '5'),
    await json('sample', 'run', '--grid', '2x3', '--seed', '5'),
    await json('sample', 'run', '--count', '2', '--seed', '6'),
  ];
  expect(more.latent).toHaveLength(6);
  expect(more.latent.slice(0, 2)).toEqual(first.latent);
  expect(other.latent).not.toEqual(first.latent);
  expect((await json('sample', 'told', '--grid', '3x2')).labels).toEqual([0, 0, 1, 1, 2, 2]);
  for (const [label, number] of [
    ['4', 4],
    ['seven', undefined],
  ] as const) {
    const result = await latentkit(
      'sample',
      'told',
      '--count',
      '2',
      '--label',
      label,
      '--out',
      'picture.svg',
      '--json',
    );
    if (number === undefined) expect(result.stderr).toContain("have no class 'seven'. Classes: 0, 1,");
    else expect(JSON.parse(result.stdout).labels).toEqual([number, number]);
  }
});

test('codes of a picture go in again, by .npy and .csv', async () => {
  const { latent } = await json('sample', 'run', '--count', '2');
  const [dimensions] = [latent[0].length];
  const data = Float32Array.from(latent.flat());
  writeFileSync(join(cwd, 'codes.npy'), encodeNpy({ shape: [2, dimensions], data }));
  writeFileSync(join(cwd, 'codes.csv'), latent.map((code: number[]) => `${code.join(',')}\n`).join(''));
  for (const file of ['codes.npy', 'codes.csv']) {
    expect((await json('sample', 'run', '--from-file', file)).latent).toEqual(latent);
    const { latent: between } = await json('interpolate', 'run', '--from-file', file, '--steps', '3');
    expect([between[0], between[2]]).toEqual(latent);
  }
});

test('a traversal starts at an image; a grid has its size', async () => {
  const from = await json('reconstruct', 'run', '--indices', '4');
  const { latent, axes } = await json('traverse', 'run', '--from', '4', '--steps', '2', '--dimensions', '2');
  expect(axes).toMatchObject([{ dimension: 1, values: [-3, 3] }]);
  expect(latent.map((code: number[]) => [code[0], code[2]])).toEqual(
    Array(2).fill([from.latent[0][0], from.latent[0][2]]),
  );
  const grid = await json('traverse', 'run', '--grid', '--quantiles', '--steps', '4');
  expect(grid).toMatchObject({ grid: { rows: 4, columns: 4 }, quantiles: true });
  expect(grid.latent).toHaveLength(16);
});

test('what a conditional model was told is said, also where nobody told it anything', async () => {
  writeFileSync(join(cwd, 'one.npy'), encodeNpy({ shape: [5], data: new Float32Array(5) }));
  const sample = async (...args: string[]) => {
    const { stderr } = await latentkit('sample', 'told', '--set', 'validation', '--out', 'told.svg', ...args);
    return stderr.split('\n')[1];
  };
  expect(await sample('--from-file', 'one.npy')).toBe('1 code of one.npy, decoded as class 0');
  expect(await sample('--from-file', 'one.npy', '--label', '3')).toBe(
    '1 code of one.npy, decoded as class 3',
  );
  expect(await json('sample', 'told', '--from-file', 'one.npy')).toMatchObject({ label: 0 });
  const drawn = 'of codes drawn from the standard normal prior';
  expect(await sample('--count', '2', '--label', '3')).toBe(`2 images ${drawn}; of class 3`);
  expect(await sample('--grid', '2x1')).toBe(`2 images ${drawn}; a row a class`);
});

test('samples come from where codes of training images are, of a plain autoencoder too', async () => {
  const drawn = (run: string, ...args: string[]) => json('sample', run, '--count', '2', ...args);
  const few = ['--from', 'mixture', '--components', '3'];
  const mixture = await drawn('run', ...few);
  expect(mixture).toMatchObject({ from: 'mixture' });
  expect(await drawn('run', ...few)).toEqual(mixture);
  expect((await drawn('run', '--from', 'aggregate')).latent).not.toEqual(mixture.latent);
  expect((await drawn('told', ...few, '--label', '3')).labels).toEqual([3, 3]);
  expect((await drawn('plain', ...few)).latent).toHaveLength(2);
  const wrong = async (...args: string[]) => (await latentkit('sample', ...args)).stderr;
  expect(await wrong('plain', '--from', 'aggregate')).toMatch(/these codes are points/);
  expect(await wrong('run', '--components', '3')).toMatch(/--components goes with --from mixture/);
  expect(await wrong('run', '--from', 'prier')).toMatch(/prior, mixture, aggregate/);
});

test('a plain autoencoder is walked through and around, but not sampled from', async () => {
  expect((await json('traverse', 'plain', '--steps', '2')).axes).toHaveLength(10);
  expect((await json('sample', 'plain', '--around', '3', '--count', '2')).latent).toHaveLength(2);
  expect(await latentkit('sample', 'plain')).toMatchObject({ code: 2, stdout: '' });
});

test('a run from another machine is told where its data are', async () => {
  const config = JSON.parse(readFileSync(join(cwd, 'run', 'config.json'), 'utf8'));
  const moved = { ...config, dataset: { name: 'mnist', dataDir: '/nowhere/at/all' } };
  writeFileSync(join(cwd, 'run', 'config.json'), JSON.stringify(moved));
  try {
    const failed = await latentkit('reconstruct', 'run');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /^digits-dense in run\nerror: run: the files of mnist are not where the run found them \(\/nowhere\/at\/all\)\. [^\n]*--data-dir DIR\n$/,
    );
    expect((await json('reconstruct', 'run', '--dataset', 'digits')).of).toBe('validation images of digits');
    expect((await json('sample', 'run', '--count', '1')).latent).toHaveLength(1); // needs no images
  } finally {
    writeFileSync(join(cwd, 'run', 'config.json'), JSON.stringify(config));
  }
});

test('a PNG alone where one was asked for, as large as --scale says', async () => {
  const widthOf = async (scale: string) => {
    await latentkit('sample', 'told', '--count', '1', '--label', '1', '--out', 'only.png', '--scale', scale);
    return readFileSync(join(cwd, 'only.png')).readUInt32BE(16);
  };
  expect(await widthOf('3')).toBe(3 * (await widthOf('1')));
  expect(existsSync(join(cwd, 'told', 'pictures', 'sample.svg'))).toBe(false);
});
