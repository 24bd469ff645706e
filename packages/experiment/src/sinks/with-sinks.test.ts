import { expect, it } from 'vitest';
import { collect } from '../testing/collect.ts';
import { withSinks } from './with-sinks.ts';

async function* counting() {
  yield 1;
  yield 2;
  yield 3;
}

it('tells each sink every event before whoever reads, one after the other', async () => {
  const heard: string[] = [];
  const sinks = ['a', 'b'].map((name) => async (event: number) => {
    await Promise.resolve();
    heard.push(`${name}${event}`);
  });
  for await (const event of withSinks(counting(), sinks)) heard.push(`read ${event}`);
  expect(heard).toEqual(['a1', 'b1', 'read 1', 'a2', 'b2', 'read 2', 'a3', 'b3', 'read 3']);
});

it('a sink that fails is told of once and hears no more; events and other sinks go on', async () => {
  const heard: number[] = [];
  const told: string[] = [];
  let calls = 0;
  const failing = () => {
    calls++;
    throw new Error('no space');
  };
  const events = withSinks(counting(), [failing, (event) => void heard.push(event)], {
    onFailure: ({ message }) => told.push(message),
  });
  expect(await collect(events)).toEqual([1, 2, 3]);
  expect({ heard, told, calls }).toEqual({ heard: [1, 2, 3], told: ['no space'], calls: 1 });
});

it('passes on what ends the run', async () => {
  const failing = (async function* () {
    yield 1;
    throw new Error('the loss became NaN');
  })();
  await expect(collect(withSinks(failing, []))).rejects.toThrow('the loss became NaN');
});

it('ends the run when the reader leaves', async () => {
  let ended = false;
  const events = (async function* () {
    try {
      yield* [1, 2, 3];
    } finally {
      ended = true;
    }
  })();
  for await (const _ of withSinks(events, [])) break;
  expect(ended).toBe(true);
});
