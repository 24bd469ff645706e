import type { Trace } from './train-and-hash.ts';

export interface DifferenceOptions {
  recipe: string;
  got: Trace;
  /** The committed hash. */
  expected: string | undefined;
  /** Another run of the recipe, to say where this one parts from it. */
  other?: { name: string; trace: Trace } | undefined;
}

/** What is wrong with a run's weights, where to look, and what to do; undefined when they are the expected ones. */
export function describeDifference({ recipe, got, expected, other }: DifferenceOptions): string | undefined {
  if (got.hash === expected) return undefined;
  return [
    `${recipe}: the weights differ from those of packages/same-bits/same-bits.json`,
    `  expected ${expected}`,
    `  got      ${got.hash}`,
    ...(other ? [`  ${compare(got, other.trace, other.name)}`] : []),
    '  One run that parts from the others is a bug. If all agree on new bits, and that is intended (another order of',
    '  summation, another initial value), run `node packages/same-bits/scripts/make-hashes.js` after a build, commit',
    '  same-bits.json, and write a changeset that says: the same seed now gives other weights.',
  ].join('\n');
}

function compare(got: Trace, other: Trace, name: string): string {
  if (got.hash === other.hash) return `'${name}' got the same`;
  const step = got.losses.findIndex((loss, i) => loss !== other.losses[i]);
  const parameters = Object.keys(got.parameters).filter(
    (key) => got.parameters[key] !== other.parameters[key],
  );
  const when = step < 0 ? 'no loss differs' : `the loss differs from step ${step + 1} on`;
  return `against '${name}': ${when}; in the end these do: ${parameters.join(', ')}`;
}
