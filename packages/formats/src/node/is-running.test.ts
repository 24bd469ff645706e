import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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
    const parent = spawn('sh', ['-c', 'sleep 60 & kill -9 $!; echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [said] = await once(parent.stdout, 'data');
    await expect.poll(() => isRunning(Number(said))).toBe(false);
    expect(() => process.kill(Number(said), 0)).not.toThrow(); // its number is still taken
  },
);
