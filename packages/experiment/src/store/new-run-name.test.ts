import { expect, it } from 'vitest';
import { RUN_FILES } from '../files/run-files.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { datedRunName, freeRunName } from './new-run-name.ts';

it('a run is called by when it began, to the second, and its recipe', () => {
  expect(datedRunName('digits-dense', new Date(2026, 0, 2, 3, 4, 5))).toBe('20260102-030405-digits-dense');
  expect(datedRunName('x', new Date(2026, 10, 28, 23, 59, 0))).toBe('20261128-235900-x');
});

it('a name that is taken has a number behind it', async () => {
  const store = createMemoryRunStore();
  const keep = async (name: string) => {
    const writer = await store.open(name);
    await writer.write(RUN_FILES.config, '{}');
    await writer.close();
  };
  expect(await freeRunName(store, 'first')).toBe('first');
  await keep('first');
  expect(await freeRunName(store, 'first')).toBe('first-2');
  await keep('first-2');
  expect(await freeRunName(store, 'first')).toBe('first-3');
  await expect(freeRunName(store, 'a/b')).rejects.toMatchObject({ code: 'E_USAGE' });
});
