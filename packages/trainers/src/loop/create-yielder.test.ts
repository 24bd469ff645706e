import { expect, it } from 'vitest';
import { createYielder } from './create-yielder.ts';

/** Whether the event loop turned while the promise was waited for. */
async function turns(wait: () => Promise<void>): Promise<boolean> {
  let turned = false;
  const immediate = setImmediate(() => {
    turned = true;
  });
  await wait();
  clearImmediate(immediate);
  return turned;
}

it('lets the event loop turn once 30 ms have passed, and not before', async () => {
  let time = 1000;
  const yieldAtTimes = createYielder(() => time);
  expect(await turns(yieldAtTimes)).toBe(false);
  time += 29;
  expect(await turns(yieldAtTimes)).toBe(false);
  time += 1;
  expect(await turns(yieldAtTimes)).toBe(true);
  expect(await turns(yieldAtTimes)).toBe(false);
  time += 1000;
  expect(await turns(yieldAtTimes)).toBe(true);
});
