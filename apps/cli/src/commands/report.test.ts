import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });

test('draws the report of a stopped run, and says that it is the model so far', async () => {
  const { code, stdout, stderr } = await runHere(['report', 'run'], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${join('run', 'report.html')}\n` });
  expect(stderr).toMatch(/Note: the run was stopped: this is the model so far, after 1 epoch\n/);
  expect(stderr).toContain('Done. Open run');
  expect(readFileSync(join(cwd, 'run', 'report.html'), 'utf8')).toContain('Stopped after 1 of 2 epochs');
  expect(existsSync(join(cwd, 'run', 'figures', 'samples.png'))).toBe(true);
});

test('writes a page elsewhere, and what it wrote as JSON', async () => {
  const args = ['report', 'run', '--out', join('new', 'page.html'), '--smoothing', '1', '--json'];
  const { code, stdout, stderr } = await runHere(args, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(jsonRows(stdout)).toMatchObject([
    { report: join('new', 'page.html'), state: 'stopped', epochs: 1, keptEpoch: 1 },
  ]);
  expect(jsonRows(stdout)[0].figures).toContain('loss-curves');
  expect(existsSync(join(cwd, 'new', 'page.html'))).toBe(true);
});

test('a run with another data folder, half of a run, none, and a place that is none are told in a line', async () => {
  mkdirSync(join(cwd, 'empty'));
  cpSync(join(cwd, 'run'), join(cwd, 'half'), { recursive: true });
  rmSync(join(cwd, 'half', 'model.safetensors'));
  const errorOf = async (...args: string[]) => {
    const { code, stdout, stderr } = await runHere(['report', ...args], { cwd });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^(?:digits-dense in [^\n]*\n)?error: [^\n]*\n$/);
    return [code, stderr];
  };
  expect(await errorOf('empty')).toEqual([1, expect.stringContaining('empty holds no config.json')]);
  expect(await errorOf('nowhere')).toEqual([1, expect.stringContaining('there is no folder nowhere')]);
  expect(await errorOf('half')).toEqual([1, expect.stringContaining('half holds no model.safetensors')]);
  expect(await errorOf('run', '--data', 'x.npy')).toEqual([2, expect.stringContaining('are two datasets')]);
  expect(await errorOf('run', '--smoothing', '0')).toEqual([2, expect.stringContaining('--smoothing')]);
  const place = `cannot write the folder ${join('half', 'config.json')}: it is a file`;
  expect(await errorOf('run', '--out', join('half', 'config.json', 'page.html'))).toEqual([
    1,
    expect.stringContaining(place),
  ]);
});
