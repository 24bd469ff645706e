import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { isRunning } from './is-running.ts';

it('a process that lives is running, one that ended is not', () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(process.ppid)).toBe(true);
  expect(isRunning(spawnSync(process.execPath, ['--version']).pid)).toBe(false);
});

it.runIf(existsSync('/proc/self/stat'))(
  'one that was killed and whose parent does not ask after it is not',
  async () => {
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const child = Number((await once(parent.stdout, 'data'))[0]);
    // A shell would ask after it; what it has become by then does not.
    await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep');
    process.kill(child, 'SIGKILL');
    await expect.poll(() => isRunning(child)).toBe(false);
    expect(() => process.kill(child, 0)).not.toThrow(); // its number is still taken
  },
);
