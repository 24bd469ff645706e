import { LatentkitError } from '@latentkit/core';
import { expect, it } from 'vitest';
import * as entry from './store.ts';

const SLIPS: readonly unknown[] = [undefined, null, {}, [], 'x', -1, Number.NaN, () => {}];
const STORE = entry.createMemoryRunStore();

type Call = (...given: unknown[]) => unknown;

const functions = Object.entries<unknown>(entry).filter(
  (one): one is [string, Call] => typeof one[1] === 'function',
);

it.each(functions)('%s answers a slip with a LatentkitError or a value', async (name, call) => {
  for (const slip of SLIPS) {
    for (const given of [[slip], [slip, slip, slip], [STORE, slip], [STORE, 'first', slip]]) {
      try {
        await call(...given);
      } catch (thrown) {
        expect(thrown, `${name}(${given.map(String).join(', ')})`).toBeInstanceOf(LatentkitError);
      }
    }
  }
});
