import { expect, it } from 'vitest';
import { isVariational } from './is-variational.ts';
import { KINDS } from './kinds.ts';

it.each(KINDS)('is in step with the kind $type', ({ type, prior }) => {
  expect(isVariational({ kind: type })).toBe(prior === 'always');
});
