import { findRecipe } from '@latentkit/experiment/config';
import { expect, it } from 'vitest';
import { sayOffer } from './offers.ts';

const { recipe = 'digits-tour', ...rest } = { ...findRecipe('digits-tour') } as { recipe?: string };
const config = { ...rest, recipe, dataset: { name: 'digits' } } as never;
const run = { name: 'first', epochs: 3, of: 10, savedAt: 1_000_000, config };

it('says how far a run was, and how long before the end it was saved', () => {
  expect(sayOffer({ ...run, closedAt: 1_008_000 })).toBe(
    'A run of digits-tour was going: epoch 4 of 10, saved 8 s before the tab closed.',
  );
  expect(sayOffer({ ...run, closedAt: 999_000 })).toBe(
    'A run of digits-tour was going: epoch 4 of 10, saved as the tab closed.',
  );
  expect(sayOffer({ ...run, epochs: 10 })).toMatch(/epoch 10 of 10, saved on .*1970/);
});

it("asks for a person's own files again", () => {
  const own = {
    ...run,
    closedAt: 1_008_000,
    config: { ...(config as object), dataset: { name: 'arrays' } },
  } as never;
  expect(sayOffer(own)).toMatch(/drop them here again to go on\.$/);
  expect(sayOffer({ ...(own as object), files: { name: 'pets', count: 1200 } } as never)).toMatch(
    /drop pets \(1,200 files\) here again to go on\.$/,
  );
});
