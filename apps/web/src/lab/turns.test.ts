import { expect, it } from 'vitest';
import { createTurns, URGENCY } from './turns.ts';

it('lets the most urgent go first, and those alike in their order', async () => {
  const take = createTurns();
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = [
    take(URGENCY.background, () => first.promise.then(() => void done.push('under way'))),
    take(URGENCY.background, async () => void done.push('background')),
    take(URGENCY.eye, async () => void done.push('eye 1')),
    take(URGENCY.eye, async () => void done.push('eye 2')),
    take(URGENCY.hand, async () => void done.push('hand')),
  ];
  first.resolve();
  await Promise.all(all);
  expect(done).toEqual(['under way', 'hand', 'eye 1', 'eye 2', 'background']);
});

it('goes on after one that failed', async () => {
  const take = createTurns();
  const failing = take(URGENCY.hand, () => Promise.reject(new Error('no')));
  const after = take(URGENCY.hand, async () => 3);
  await expect(failing).rejects.toThrow('no');
  expect(await after).toBe(3);
  expect(await take(URGENCY.eye, async () => 4)).toBe(4);
});

it('lets as many at once as there is room for, and the others when one of them is done', async () => {
  const take = createTurns(2);
  const going: string[] = [];
  const gates = ['a', 'b', 'c'].map((name) => ({ name, ...Promise.withResolvers<void>() }));
  const all = gates.map(({ name, promise }) =>
    take(URGENCY.eye, () => {
      going.push(name);
      return promise;
    }),
  );
  await Promise.resolve();
  expect(going).toEqual(['a', 'b']);
  gates[1]!.resolve();
  await all[1];
  await Promise.resolve();
  expect(going).toEqual(['a', 'b', 'c']);
  for (const { resolve } of gates) resolve();
  await Promise.all(all);
  expect(await take(URGENCY.eye, async () => 4)).toBe(4);
});
