import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from './run-command.ts';

const LEAVES = 'Stopped; nothing was written.';
let told = '';
let before: typeof process.exitCode;

beforeEach(() => {
  told = '';
  before = process.exitCode;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
});
afterEach(() => {
  process.exitCode = before;
  vi.restoreAllMocks();
});

const listeners = () =>
  ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name)).join() +
  process.stdout.listenerCount('error');

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('work that %s ends is told as stopped, with %d', async (name, code) => {
  await runCommand({ leaves: LEAVES }, async ({ signal }) => {
    process.emit(name, name);
    signal.throwIfAborted();
  });
  expect({ told, code: process.exitCode }).toEqual({ told: `${LEAVES}\n`, code });
});

test('work that ends in good order says itself what it leaves', async () => {
  await runCommand({ leaves: LEAVES }, async ({ signal, stopped }) => {
    process.emit('SIGINT', 'SIGINT');
    if (signal.aborted) stopped('The checkpoint is in run.');
  });
  expect({ told, code: process.exitCode }).toEqual({ told: 'The checkpoint is in run.\n', code: 130 });
});

test('whoever stops it is told once, and whether it was a person', async () => {
  const onStop = vi.fn();
  await runCommand({ leaves: LEAVES, onStop }, async () => {
    process.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    process.emit('SIGINT', 'SIGINT'); // the echo of a package manager
  });
  expect(onStop.mock.calls).toEqual([[false]]);
  expect(process.exitCode).toBe(before); // nothing was said to be left
});

test('a reader who left is no failure, a stdout that refuses is one', async () => {
  for (const [code, exitCode] of [
    ['EPIPE', 0],
    ['EIO', 1],
  ] as const) {
    await runCommand({ leaves: LEAVES }, async ({ signal }) => {
      process.stdout.emit('error', Object.assign(new Error('write'), { code }));
      signal.throwIfAborted();
    });
    expect(process.exitCode).toBe(exitCode);
  }
});

test('any other error is thrown, though a stop was asked for; nobody listens afterwards', async () => {
  const start = listeners();
  const failing = runCommand({ leaves: LEAVES }, async () => {
    process.emit('SIGINT', 'SIGINT');
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(told).toBe('');
  expect(listeners()).toBe(start);
});
