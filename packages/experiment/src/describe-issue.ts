import { shorten } from '@latentkit/core';
import type * as v from 'valibot';

/**
 * What is wrong with a value, as a sentence that begins with the field: the first issue, or rather the first unknown
 * field, since a misspelt one is missing too.
 */
export function describeIssue(issues: readonly v.BaseIssue<unknown>[]): string {
  const unknown = issues.find(({ type, expected }) => type === 'strict_object' && expected === 'never');
  if (unknown) return `there is no field ${fieldOf(unknown)}. ${unknown.message}`;
  const [issue] = issues;
  return `${fieldOf(issue!) || 'it'} ${issue!.message}`;
}

/** `model.encoder.hidden[0]`; empty for the whole. */
function fieldOf({ path }: v.BaseIssue<unknown>): string {
  const keys: readonly { readonly key: unknown }[] = path ?? [];
  return keys
    .map(({ key }, i) => {
      if (typeof key === 'number') return `[${key}]`;
      return i === 0 ? shorten(String(key)) : `.${shorten(String(key))}`;
    })
    .join('');
}
