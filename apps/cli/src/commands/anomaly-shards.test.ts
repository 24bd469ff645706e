import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
const COUNT = 9;
const FILES = ['detector.json', 'report.html', 'scores.csv', 'worst.png', 'worst.svg'];
const filesOf = (folder: string) => FILES.map((name) => readFileSync(join(cwd, folder, name)));

beforeAll(() => {
  mkdirSync(join(cwd, 'data'));
  const data = Uint8Array.from({ length: COUNT * 784 }, (_, i) => (i * 7 + (i >> 6)) % 256);
  writeFileSync(join(cwd, 'data', 'images.npy'), encodeNpy({ shape: [COUNT, 28, 28, 1], data }));
  const labels = Int32Array.from({ length: COUNT }, (_, i) => i % 3);
  writeFileSync(join(cwd, 'data', 'labels.npy'), encodeNpy({ shape: [COUNT], data: labels }));
});

const OPTIONS = ['--labels', 'data/labels.npy', '--anomalous', '1', '--false-alarms', '0.2', '--worst', '4'];
const anomalies = (out: string, ...words: string[]) =>
  runHere(['anomalies', 'run', 'data/images.npy', ...OPTIONS, '--workers', '1', '--out', out, ...words], {
    cwd,
  });

test('1, 3 and as many shards as examples are joined to the bytes of one piece, with a manifest', async () => {
  const whole = await anomalies('whole');
  expect(whole.code, whole.stderr).toBe(0);
  for (const shards of [1, 3, COUNT]) {
    const out = `joined-${shards}`;
    const { code, stdout, stderr } = await anomalies(out, '--shards', String(shards));
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(whole.stdout);
    expect(filesOf(out)).toEqual(filesOf('whole'));
    expect(readdirSync(join(cwd, out)).sort()).toEqual([...FILES, 'manifest.json'].sort());
    const manifest = JSON.parse(readFileSync(join(cwd, out, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ version: 1, run: 'run', rows: COUNT, falseAlarms: 0.2, examples: 8 });
    expect(manifest.parts).toHaveLength(shards);
    expect(manifest.parts.at(-1).first + manifest.parts.at(-1).rows).toBe(COUNT);
  }
});

test('parts that a scheduler made one by one are joined without being made again', async () => {
  for (const shard of ['1/2', '0/2']) {
    const { code, stdout } = await anomalies('array', '--shard', shard);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^array\/parts\/[0-9a-f]{64}\/run\n$/);
  }
  const made = readdirSync(join(cwd, 'array', 'parts'));
  expect(made).toHaveLength(3); // one of them the threshold
  const { code } = await anomalies('array', '--shards', '2', '--store', 'array/parts');
  expect(code).toBe(0);
  expect(filesOf('array')).toEqual(filesOf('whole'));
  expect(readdirSync(join(cwd, 'array', 'parts'))).toEqual(made);
});

test.each([
  [['--shards', '3', '--shard', '0/3'], 'Give one of them'],
  [['--shards', '2', '--out', '-'], 'Name it with --out FOLDER'],
  [['--shards', '2', '--clean', 'run/data.json'], 'must lie beside each other'],
])('anomalies %j says what is wrong', async (words, said) => {
  const { code, stderr } = await anomalies('wrong', ...words);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(said);
});
