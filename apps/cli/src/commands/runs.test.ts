import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ [join('runs', 'deep', 'one')]: {} });

beforeAll(() => {
  cpSync(join(cwd, 'runs', 'deep', 'one'), join(cwd, 'runs', 'broken'), { recursive: true });
  writeFileSync(join(cwd, 'runs', 'broken', 'config.json'), '{');
});

test('lists the runs below runs/, what is wrong with the damaged ones beside them', async () => {
  const { code, stdout, stderr } = await runHere(['runs'], { cwd });
  const hint = `A stopped run goes on with latentkit train --resume ${join('runs', 'deep', 'one')}\n`;
  expect({ code, stderr }).toEqual({ code: 0, stderr: hint });
  const [titles, ...lines] = stdout.trimEnd().split('\n');
  expect(titles).toMatch(/^run +recipe +dataset +epochs +val loss +time +when +state$/);
  expect(lines).toHaveLength(2);
  const line = (name: string) => lines.find((one) => one.startsWith(join('runs', name)));
  expect(line(join('deep', 'one'))).toMatch(
    /digits-dense +digits +1\/2 +[\d.]+ +[\d.]+ s +\d{4}-\d\d-\d\d \d\d:\d\d +stopped$/,
  );
  expect(line('broken')).toMatch(/damaged: .*config\.json is not JSON/);
});

test('gives each as a line of JSON', async () => {
  const { stdout } = await runHere(['runs', join('runs', 'deep'), '--json'], { cwd });
  expect(jsonRows(stdout)).toMatchObject([
    { path: join('runs', 'deep', 'one'), state: 'stopped', epochs: 1, of: 2, canResume: true },
  ]);
});

test('says where runs come to be, where there is none yet, and that there is no such folder', async () => {
  const empty = temporaryFolder();
  expect(await runHere(['runs'], { cwd: empty })).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: 'No run in runs: train writes them into runs/\n',
  });
  mkdirSync(join(empty, 'mine'));
  expect(await runHere(['runs', 'mine', '--json'], { cwd: empty })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  rmSync(join(empty, 'mine'), { recursive: true });
  expect(await runHere(['runs', 'mine'], { cwd: empty })).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'error: there is no folder mine\n',
  });
});
