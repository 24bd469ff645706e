import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watch } from './watch.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

it('gives a worker up that does not answer for twenty seconds, once', async () => {
  const giveUp = vi.fn();
  watch(() => new Promise(() => {}), giveUp);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(giveUp).toHaveBeenCalledTimes(1);
});

it('lets one alone that answers, however late it was before', async () => {
  const giveUp = vi.fn();
  let late = 15_000;
  const stop = watch(
    () =>
      new Promise((resolve) => {
        const end = performance.now() + late;
        const timer = setInterval(() => {
          if (performance.now() < end) return;
          clearInterval(timer);
          resolve(undefined);
        }, 100);
        late = 0;
      }),
    giveUp,
  );
  await vi.advanceTimersByTimeAsync(300_000);
  expect(giveUp).not.toHaveBeenCalled();
  stop();
});
