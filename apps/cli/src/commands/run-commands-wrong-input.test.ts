import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
/** Every file of it, with what is in it. */
const filesOf = (folder: string) =>
  readdirSync(join(cwd, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path, 'latin1')]);

beforeAll(() => {
  const npy = (name: string, shape: number[]) =>
    writeFileSync(
      join(cwd, name),
      encodeNpy({ shape, data: new Float32Array(shape.reduce((size, one) => size * one)) }),
    );
  npy('small.npy', [3, 14, 14]);
  npy('codes-of-3.npy', [2, 3]);
  npy('three-codes.npy', [3, 5]);
  mkdirSync(join(cwd, 'empty'));
  mkdirSync(join(cwd, 'folder.svg'));
  writeFileSync(join(cwd, 'file'), 'mine');
  /** A copy of the run with a file changed, or gone. */
  const spoil = (name: string, file: string, change?: (text: string) => string) => {
    cpSync(join(cwd, 'run'), join(cwd, name), { recursive: true });
    const path = join(cwd, name, file);
    if (!change) rmSync(path);
    else writeFileSync(path, change(readFileSync(path, 'latin1')), 'latin1');
  };
  spoil('without-weights', 'model.safetensors');
  spoil('newer', 'model.json', (text) => text.replace(/"version": \d+/, '"version": 99'));
  spoil('half-written', 'model.safetensors', (text) => text.slice(0, text.length / 2));
  spoil('not-json', 'config.json', (text) => text.slice(0, 20));
});

/** Without the line that says which run it is, if it is one. */
const afterName = (text: string) => text.replace(/^digits-dense in [\w-]+\n/, '');

const COMMANDS = ['evaluate', 'reconstruct', 'sample', 'traverse', 'interpolate', 'encode'];
const PICTURES = ['reconstruct', 'sample', 'traverse', 'interpolate'];

const RUNS: readonly [run: string, code: number, error: RegExp][] = [
  ['nowhere', 1, /^error: there is no folder nowhere\. Name the folder/],
  ['rum', 1, /^error: there is no folder rum\. Did you mean 'run'\?/],
  ['empty', 1, /^error: empty holds no model\.\w+\. Name the folder/],
  ['file', 1, /^error: file is a file, and no folder of a run\. Name the folder/],
  ['without-weights', 1, /^error: without-weights holds no model\.safetensors/],
  ['newer', 1, /^error: newer\/model\.json: [^\n]*version/],
  ['half-written', 1, /^error: half-written\/model\.safetensors: /],
  ['not-json', 1, /^error: not-json\/config\.json[^\n]*JSON/],
];

test.each([
  ['sample', 'pictures'],
  ['encode', 'codes'],
  ['project', 'projections'],
  ['report', 'figures'],
])('%s writes nothing through a link out of the run', async (command, folder) => {
  cpSync(join(cwd, 'run'), join(cwd, `linked-${folder}`), { recursive: true });
  mkdirSync(join(cwd, `outside-${folder}`));
  rmSync(join(cwd, `linked-${folder}`, folder), { recursive: true, force: true });
  symlinkSync(join('..', `outside-${folder}`), join(cwd, `linked-${folder}`, folder));
  const { code, stderr } = await runHere([command, `linked-${folder}`, '--json'], { cwd });
  expect(stderr).toContain(`${join(`linked-${folder}`, folder)} is a link that leads out of the run, to `);
  expect(code).toBe(2);
  expect(readdirSync(join(cwd, `outside-${folder}`))).toEqual([]);
});

describe.each(COMMANDS)('%s', (command) => {
  test.each(RUNS)('of %s exits %i with one line', async (run, expected, error) => {
    const { code, stdout, stderr } = await runHere([command, run], { cwd });
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(afterName(stderr)).toMatch(/^[^\n]*\n$/);
    expect(afterName(stderr)).toMatch(error);
  });

  test('of a picture of another size names both', async () => {
    const { code, stderr } = await runHere(
      [command, 'run', '--data', 'small.npy', ...(command === 'sample' ? ['--around', '0'] : [])],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('its model is of images of 28 x 28');
    expect(stderr).toContain('which are 14 x 14');
  });

  test.each([
    ['a folder', 'folder.svg', 'there is a folder of that name'],
    ['below a file', 'file/x.svg', 'the folder file: it is a file'],
  ])('an output that is %s exits 1, and nothing is lost', async (_, path, reason) => {
    const before = filesOf('run');
    const out = command === 'encode' ? path.replace('.svg', '.csv') : path;
    if (out === 'folder.csv') mkdirSync(join(cwd, out), { recursive: true });
    const { code, stdout, stderr } = await runHere([command, 'run', '--out', out], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(afterName(stderr)).toMatch(/^error: cannot write [^\n]*\. Choose another place with --out\n$/);
    expect(stderr).toContain(reason);
    expect(filesOf('run')).toEqual(before);
  });
});

test.each<[command: string, code: number, error: string | RegExp]>([
  [
    'reconstruct run --count 0',
    2,
    "'--count <n>' argument '0' is invalid. It must be a whole number of at least 1",
  ],
  ['sample run --count 0', 2, "'--count <n>' argument '0' is invalid"],
  ['sample run --count 1e9', 2, 'count must be a whole number from 1 to 10000, got 1000000000'],
  ['traverse run --steps 0', 2, "'--steps <n>' argument '0' is invalid"],
  ['interpolate run --set validation --steps 1', 2, 'steps must be a whole number from 2'],
  ['evaluate run --samples 0', 2, "'--samples <n>' argument '0' is invalid"],
  ['evaluate run --limit 0', 2, "'--limit <n>' argument '0' is invalid"],
  ['encode run --limit 0', 2, "'--limit <n>' argument '0' is invalid"],
  ['reconstruct run --indices 1,x', 2, 'It must be whole numbers from 0, as 1,5,7'],
  ['reconstruct run --set validation --indices 5000', 2, 'numbered from 0 to 7; got 5000'],
  [
    'reconstruct run --count 2 --indices 1',
    2,
    "option '--indices <list>' cannot be used with option '--count <n>'",
  ],
  ['sample run --grid 8', 2, 'It must be rows x columns, as 8x8'],
  ['sample run --set validation --around 5000', 2, 'numbered from 0 to 7; got 5000'],
  ['sample run --spread 2', 2, 'sample: --spread goes with --around INDEX'],
  [
    'sample run --from-file codes-of-3.npy',
    2,
    'expected codes of 5 numbers, as the model has them, got 3 in a row',
  ],
  ['sample run --from-file nowhere.npy', 1, 'cannot read nowhere.npy: there is no such file'],
  ['sample run --label 3', 2, 'the model has no condition'],
  ['traverse run --range 3,-3', 2, 'It must be two numbers, the smaller first, as -3,3'],
  [
    'traverse run --set validation --dimensions 6',
    2,
    '--dimensions: expected some of 1 to 5, each once, got 6',
  ],
  [
    'traverse run --set validation --grid --dimensions 1,2,3',
    2,
    '--dimensions: expected two of 1 to 5, each once, got 1,2,3',
  ],
  ['traverse run --quantiles', 2, 'traverse: --quantiles goes with --grid'],
  ['interpolate run --between 3', 2, 'It must be two whole numbers from 0, as 3,17'],
  ['interpolate run --from-file three-codes.npy', 2, 'expected two codes, got 3'],
  [
    'interpolate run --method cubic',
    2,
    "'--method <name>' argument 'cubic' is invalid. Allowed choices are linear, spherical",
  ],
  ['evaluate run --set some', 2, "'--set <part>' argument 'some' is invalid"],
  ['evaluate run --set test', 2, 'digits has no test images'],
  ['evaluate run --labels small.npy', 2, 'labels go with a file of images (data)'],
  ['evaluate run --data small.npy --dataset mnist', 2, 'both say which images. Give one of them'],
  ...PICTURES.flatMap((command): [string, number, string][] => [
    [
      `${command} run --out picture.gif`,
      2,
      `${command}: --out picture.gif: expected a file that ends in .svg or .png`,
    ],
    [`${command} run --out - --json`, 2, `${command}: --json and --out - both write to stdout`],
    [`${command} run --format png`, 2, `${command}: --format goes with --out -`],
    [`${command} run --set validation --width 10`, 2, 'width'],
  ]),
])('%s exits %i with one line', async (command, expected, error) => {
  const { code, stdout, stderr } = await runHere(command.split(' '), { cwd });
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(afterName(stderr)).toMatch(/^error: [^\n]*\n$/);
  expect(stderr).toContain(error);
});
