import { LatentkitError } from '@latentkit/core';
import { expect, it } from 'vitest';
import * as entry from './store.ts';

const SLIPS: readonly unknown[] = [undefined, null, {}, [], 'x', -1, Number.NaN, () => {}];
const STORE = entry.createMemoryRunStore();

type Call = (...given: unknown[]) => unknown;

const functions = Object.entries<unknown>(entry).filter(
  (one): one is [string, Call] => typeof one[1] === 'function' && !one[0].startsWith('create'),
);

it.each(functions)('%s answers a slip with a LatentkitError', async (name, call) => {
  for (const slip of SLIPS) {
    for (const given of [[slip], [slip, slip, slip], [STORE, slip], [STORE, 'first', slip]]) {
      const thrown = await Promise.resolve()
        .then(() => call(...given))
        .catch((error: unknown) => error);
      if (name === 'listSavedRuns' && given[0] === STORE) continue; // wants no more
      expect(thrown, `${name}(${given.map(String).join(', ')})`).toBeInstanceOf(LatentkitError);
    }
  }
});
