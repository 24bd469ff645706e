import type { Page } from '../lab/evaluate-messages.ts';

/** The first and the last of what is ranked, so many each at most: of few, no one is at both ends. */
export function endsOf(count: number, most: number): { readonly first: Page; readonly last: Page } {
  const first = Math.min(most, Math.ceil(count / 2));
  const last = Math.min(most, count - first);
  return { first: { from: 0, count: first }, last: { from: count - last, count: last } };
}
