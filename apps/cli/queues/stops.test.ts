// Sweeps and shards that are stopped, by people and by full disks: what is done is kept, and the same command goes on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { expect, it, onTestFinished } from 'vitest';
import { makeRun } from '../src/testing/make-run.ts';
import { MAIN, plainEnvironment, runCli, temporaryFolder } from '../src/testing/run-cli.ts';
import { SMALL_SWEEP, sweepResults } from '../src/testing/small-sweep.ts';
import { LIMIT } from './start-worker.ts';

it('Ctrl-C of encode --shards keeps the parts that are done, and the same command goes on', {
  timeout: LIMIT,
}, async () => {
  const cwd = temporaryFolder();
  await makeRun(join(cwd, 'run'));
  const images = { shape: [60, 28, 28, 1], data: new Uint8Array(60 * 784).map((_, i) => i % 253) };
  writeFileSync(join(cwd, 'images.npy'), encodeNpy(images));
  const encode = ['encode', 'run', '--data', 'images.npy', '--workers', '1'];
  await runCli([...encode, '--format', 'npy', '--out', 'whole'], { cwd });
  const words = [...encode, '--shards', '20', '--out', 'codes'];
  const stopped = spawn(process.execPath, [MAIN, ...words], { cwd, env: plainEnvironment(), stdio: 'pipe' });
  let said = '';
  stopped.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const parts = () =>
    existsSync(join(cwd, 'codes', 'parts')) ? readdirSync(join(cwd, 'codes', 'parts')) : [];
  const done = () => parts().filter((id) => existsSync(join(cwd, 'codes', 'parts', id, 'run')));
  await expect.poll(() => done().length, { timeout: LIMIT, interval: 5 }).toBeGreaterThan(1);
  stopped.kill('SIGINT');
  expect(await new Promise((resolve) => stopped.once('exit', resolve))).toBe(130);
  expect(said).toContain('Stopped; the parts that are done are kept, and the same command goes on.');
  expect(existsSync(join(cwd, 'codes', 'means.npy'))).toBe(false);
  expect(await runCli(words, { cwd })).toMatchObject({ code: 0 });
  for (const file of ['means.npy', 'log-variances.npy']) {
    expect(readFileSync(join(cwd, 'codes', file)).equals(readFileSync(join(cwd, 'whole', file)))).toBe(true);
  }
});

it('a sweep on a full disk exits 1 in a line, and goes on to the same table when there is room', {
  timeout: LIMIT,
}, async (context) => {
  const disk = temporaryFolder();
  const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', disk]);
  if (mounted.status !== 0) context.skip('mounting a small disk needs root on Linux');
  onTestFinished(() => void spawnSync('/bin/umount', [disk]));
  const cwd = temporaryFolder();
  const sweep = { ...SMALL_SWEEP, strategy: 'sobol', budget: { trials: 4, epochs: 1 } };
  writeFileSync(join(cwd, 'sweep.json'), JSON.stringify(sweep));
  await runCli(['sweep', 'sweep.json', '--out', 'sweep'], { cwd });
  const full = await runCli(['sweep', 'sweep.json', '--out', join(disk, 'sweep')], { cwd });
  expect(full.code).toBe(1);
  expect(full.stderr).toMatch(/\nerror: [^\n]*the disk is full[^\n]*\n$/);
  spawnSync('/bin/mount', ['-o', 'remount,size=100m', disk]);
  expect(await runCli(['sweep', 'resume', join(disk, 'sweep')], { cwd })).toMatchObject({ code: 0 });
  expect(sweepResults(join(disk, 'sweep'))).toEqual(sweepResults(join(cwd, 'sweep')));
});
