import { afterEach, expect, it, vi } from 'vitest';
import { nextTurn } from './next-turn.ts';

afterEach(() => vi.unstubAllGlobals());

/** Whether a message that was posted before `wait` is heard before it is over. */
async function letsMessagesIn(wait: () => Promise<void>): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  let heard = false;
  port1.onmessage = () => {
    heard = true;
  };
  port2.postMessage('first');
  await wait();
  await wait(); // ports are served in no promised order
  port1.close();
  return heard;
}

it('lets messages in, which a promise alone does not', async () => {
  expect(await letsMessagesIn(async () => {})).toBe(false);
  expect(await letsMessagesIn(nextTurn)).toBe(true);
});

it('asks no timer where there is no setImmediate, as in a page: hidden tabs serve timers once a second', async () => {
  vi.stubGlobal('setImmediate', undefined);
  const timer = vi.fn();
  vi.stubGlobal('setTimeout', timer);
  expect(await letsMessagesIn(nextTurn)).toBe(true);
  expect(timer).not.toHaveBeenCalled();
});
