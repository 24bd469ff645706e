import { expect, it } from 'vitest';
import { createStopwatch } from './stopwatch.ts';

it('counts while it runs, from any origin, and not while it is held', () => {
  let time = 5000;
  const watch = createStopwatch(() => time);
  expect(watch.read()).toBe(0);
  time += 30;
  expect(watch.read()).toBe(30);
  watch.stop();
  time += 60_000;
  expect(watch.read()).toBe(30);
  watch.stop(); // a second time
  time += 60_000;
  watch.start();
  time += 4;
  watch.start(); // it runs already
  time += 1;
  expect(watch.read()).toBe(35);
});
