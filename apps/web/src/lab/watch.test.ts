import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watch } from './watch.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

const never = () => new Promise(() => {});
const after = (milliseconds: number) => () => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('gives a worker up that made steps and is silent for twenty seconds, once', async () => {
  const giveUp = vi.fn();
  watch(never, giveUp).hear(true);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

it('waits two minutes for a first step, of which nobody knows how long it takes', async () => {
  const giveUp = vi.fn();
  watch(never, giveUp);
  await vi.advanceTimersByTimeAsync(110_000);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

it('lets one alone whose steps take half a minute, and gives it up when it is silent for thrice as long', async () => {
  const giveUp = vi.fn();
  let isAlive = true;
  const one = watch(() => (isAlive ? after(30_000)() : never()), giveUp);
  for (let step = 0; step < 8; step++) {
    await vi.advanceTimersByTimeAsync(35_000);
    one.hear(true);
  }
  expect(giveUp).not.toHaveBeenCalled();
  isAlive = false;
  await vi.advanceTimersByTimeAsync(70_000);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

it('counts no time in which the computer slept', async () => {
  const giveUp = vi.fn();
  watch(after(1000), giveUp).hear(true);
  await vi.advanceTimersByTimeAsync(5500);
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(giveUp).not.toHaveBeenCalled();
});
