import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

/** A working folder whose run was killed before its first checkpoint. */
function killedRun(name = 'runs/killed'): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, name), { recursive: true });
  const lock = { token: 'dead', pid: 2 ** 22 + 1, host: hostname(), began: 0 };
  writeFileSync(join(cwd, name, 'run.lock'), JSON.stringify(lock));
  return cwd;
}

test('says what would go and how much, and removes nothing until it is told to', async () => {
  const cwd = killedRun();
  const told = await runHere(['clean'], { cwd });
  expect(told).toEqual({
    code: 0,
    stdout: '    1 kB  runs/killed  killed before its first checkpoint\n',
    stderr: 'Looking into runs\n1 kB would go. To remove it: latentkit clean --yes\n',
  });
  expect(existsSync(join(cwd, 'runs', 'killed'))).toBe(true);
  const done = await runHere(['clean', '--yes'], { cwd });
  expect(done).toEqual({ ...told, stderr: 'Looking into runs\nRemoved 1 kB\n' });
  expect(existsSync(join(cwd, 'runs', 'killed'))).toBe(false);
  expect((await runHere(['clean'], { cwd })).stderr).toContain('\nNothing to clean in runs\n');
});

test('the command to paste names what was asked for', async () => {
  const cwd = killedRun('my runs/killed');
  const { stderr } = await runHere(['clean', 'my runs', '--checkpoints'], { cwd });
  expect(stderr).toContain("\n1 kB would go. To remove it: latentkit clean 'my runs' --checkpoints --yes\n");
});

test('--json writes a row a folder, with its files', async () => {
  const { stdout, stderr } = await runHere(['clean', '--json'], { cwd: killedRun() });
  expect(stderr).toBe('');
  const folder = join('runs', 'killed');
  expect(jsonRows(stdout)).toMatchObject([
    { kind: 'beginning', folder, files: [join(folder, 'run.lock')], removed: false },
  ]);
});

test('nobody need have runs; a folder that was named and is not there exits 1', async () => {
  const cwd = temporaryFolder();
  expect(await runHere(['clean'], { cwd })).toEqual({
    code: 0,
    stdout: '',
    stderr: 'Looking into runs\nNothing to clean\n',
  });
  expect(await runHere(['clean', 'nowhere'], { cwd })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Looking into nowhere\nerror: there is no folder nowhere\n',
  });
});
