import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, TINY, temporaryFolder, withFetch } from '../testing/run-cli.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';

const LONG = ['train', '--limit', '200', '--batch-size', '20', '--epochs', '9999', '--out', 'run'];

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s writes a checkpoint and exits %i', async (signal, expected) => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runCli(LONG, { cwd, interrupt: { when: 'epoch    2/', signal } });
  expect(code).toBe(expected);
  expect(stdout).toMatch(/^epoch {4}1\/9999 /);
  expect(stderr).toContain('Stopping; press Ctrl-C again to quit at once.\n');
  expect(stderr).toMatch(
    /Stopped\. The checkpoint and the model so far are in run\nGo on with it: latentkit train --resume run\n$/,
  );
  expect(existsSync(join(cwd, 'run', 'checkpoint', 'checkpoint.safetensors'))).toBe(true);
  expect(existsSync(join(cwd, 'run', 'model.safetensors'))).toBe(true);
  expect(filesOf(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('Ctrl-C after the last epoch lets the run be finished, and says so', async () => {
  const cwd = temporaryFolder();
  const args = ['train', ...TINY, '--json', '--out', 'run'];
  const { code, stderr } = await runCli(args, { cwd, interrupt: { when: '"epoch":2' } });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'Training is done: writing figures and report. Press Ctrl-C again to quit at once.\n',
  });
  expect(existsSync(join(cwd, 'run', 'report.html'))).toBe(true);
});

test('--json tells that it was stopped', async () => {
  const cwd = temporaryFolder();
  const { code, stdout } = await runHere([...LONG, '--json'], { cwd, interrupt: { when: '"epoch":2' } });
  expect(code).toBe(130);
  expect(jsonRows(stdout).at(-1)).toMatchObject({ type: 'end', reason: 'aborted' });
});

test('Ctrl-C during a download exits 130 and leaves no folder', async () => {
  const cwd = temporaryFolder();
  const hanging = `async (url, { signal }) => {
    const kept = setInterval(() => {}, 1000);
    process.stderr.write('asked\\n');
    return new Promise((_, reject) => signal.addEventListener('abort', () => { clearInterval(kept); reject(signal.reason); }));
  }`;
  const env = { ...withFetch(hanging), LATENTKIT_CACHE: join(cwd, 'cache') };
  const args = ['train', '--dataset', 'mnist', '--out', 'run'];
  const { code, stdout, stderr } = await runCli(args, { cwd, env, interrupt: { when: 'asked' } });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('Stopped before training began; nothing was written.\n');
  expect(stderr).not.toContain('error');
  expect(existsSync(join(cwd, 'run'))).toBe(false);
});

test.runIf(existsSync('/dev/full'))(
  'a stdout that cannot be written ends the run with a checkpoint, in one line, and exits 1',
  async () => {
    const cwd = temporaryFolder();
    const { code, stderr } = await runCli(LONG, { cwd, stdout: '/dev/full' });
    expect(code).toBe(1);
    expect(stderr.match(/error/g)).toHaveLength(1);
    expect(stderr).toMatch(/^error: could not write to stdout: ENOSPC[^\n]*$/m);
    expect(stderr).toMatch(
      /Stopped. The checkpoint and the model so far are in run\nGo on with it: [^\n]*\n$/,
    );
    expect(existsSync(join(cwd, 'run', 'checkpoint', 'checkpoint.safetensors'))).toBe(true);
    expect(filesOf(cwd).filter((name) => /\.tmp$|\.lock$/.test(name))).toEqual([]);
  },
);

test('a reader that has seen enough ends the run with a checkpoint and without an error', async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await runCli(LONG, { cwd, closeStdout: true });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^epoch/);
  expect(stderr).toContain('Nobody reads the output any more: stopping.\n');
  expect(stderr).not.toContain('EPIPE');
  expect(existsSync(join(cwd, 'run', 'checkpoint', 'checkpoint.safetensors'))).toBe(true);
});
