import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCheckpoint } from '@latentkit/experiment/node';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, TINY, temporaryFolder } from '../testing/run-cli.ts';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });

test('a full disk exits 1 in one line; what was written before is whole, and nothing is left beside it', async (context) => {
  const disk = temporaryFolder();
  const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=9m', 'tmpfs', disk]);
  if (mounted.status !== 0) context.skip('mounting a small disk needs root on Linux');
  onTestFinished(() => void spawnSync('/bin/umount', [disk]));
  const { code, stderr } = await runCli([
    'train',
    ...TINY,
    '--epochs',
    '9',
    '--json',
    '--out',
    join(disk, 'run'),
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^error: could not write [^\n]*: the disk is full\. Free some space[^\n]* The checkpoint of epoch 1 is in [^\n]*\n$/,
  );
  const files = readdirSync(join(disk, 'run'), { recursive: true, encoding: 'utf8' }).sort();
  expect(files).toEqual([
    'checkpoint',
    'checkpoint/checkpoint.safetensors',
    'config.json',
    'data.json',
    'figures',
    'metrics.csv',
    'metrics.jsonl',
  ]);
  const metrics = readFileSync(join(disk, 'run', 'metrics.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(metrics.map((line) => JSON.parse(line).epoch)).toEqual([1, 2]); // each finished epoch's
  const { progress } = await loadCheckpoint(join(disk, 'run'));
  expect(progress.epoch).toBe(1); // the one before is whole
});

test.for([
  ['evaluate', 'evaluation.json', []],
  ['sample', 'picture.png', ['--count', '4']],
  ['encode', 'codes.csv', []],
] as const)(
  '%s to a full disk exits 1 in one line and leaves what was there',
  async ([command, file, more], context) => {
    const disk = temporaryFolder();
    const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
    if (mounted.status !== 0) context.skip('mounting a small disk needs root on Linux');
    onTestFinished(() => void spawnSync('/bin/umount', [disk]));
    writeFileSync(join(disk, file), 'before');
    spawnSync('/bin/dd', ['if=/dev/zero', `of=${join(disk, 'filling')}`, 'bs=4k'], { stdio: 'ignore' });
    const args = [command, 'run', '--set', 'validation', ...more, '--out', join(disk, file)];
    const { code, stdout, stderr } = await runHere(args, { cwd });
    expect({ code, stdout: command === 'evaluate' ? '' : stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/\nerror: could not write [^\n]*: the disk is full\. Free some space[^\n]*\n$/);
    expect(readdirSync(disk).sort()).toEqual([file, 'filling'].sort());
    expect(readFileSync(join(disk, file), 'utf8')).toBe('before');
  },
);

test.for([
  ['new/folder', []],
  ['.', ['config.json', 'model.safetensors']],
] as const)('export into %s of a full disk writes none of its files', async ([folder, before], context) => {
  const disk = temporaryFolder();
  const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  if (mounted.status !== 0) context.skip('mounting a small disk needs root on Linux');
  onTestFinished(() => void spawnSync('/bin/umount', [disk]));
  for (const name of before) writeFileSync(join(disk, name), 'before');
  const args = ['export', 'run', '--to', 'torch', '--force', '--out', join(disk, folder)];
  const { code, stderr } = await runHere(args, { cwd });
  expect(code).toBe(1); // config.json had room
  expect(stderr).toMatch(
    /\nerror: could not write [^\n]*model\.safetensors: the disk is full\. Free some space[^\n]*\n$/,
  );
  expect(readdirSync(disk).sort()).toEqual(before);
  for (const name of before) expect(readFileSync(join(disk, name), 'utf8')).toBe('before');
});
