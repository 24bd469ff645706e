import { configOf, type Setting, usualLooks, valueAt } from './setting.ts';

/** A field that was set by hand, and to what; undefined where it was left out. */
export interface ByHand {
  readonly path: string;
  readonly value: unknown;
}

/** The fields that were set by hand: how a person's own files usually become images is none of them. */
export function setByHand({ recipe, dataset, changes }: Setting): ByHand[] {
  const looks = dataset === 'arrays' ? usualLooks(recipe) : {};
  return Object.entries(changes)
    .filter(([path, value]) => !(path in looks) || looks[path] !== value)
    .map(([path, value]) => ({ path, value: value ?? undefined }));
}

/**
 * What was set by hand, and is no longer so after a step that changed more than one thing: another recipe or other images were chosen, or a
 * card has set the lab up. Who changes a field knows it.
 */
export function lostBetween(before: Setting | undefined, after: Setting): ByHand[] {
  if (!before || isOneField(before, after)) return [];
  const config = configOf(after);
  return setByHand(before).filter(
    ({ path, value }) =>
      !Object.keys(after.changes).some((own) => isWithin(path, own)) &&
      JSON.stringify(valueAt(config, path)) !== JSON.stringify(value),
  );
}

function isOneField(before: Setting, after: Setting): boolean {
  if (before.recipe !== after.recipe || before.dataset !== after.dataset) return false;
  const paths = new Set([...Object.keys(before.changes), ...Object.keys(after.changes)]);
  const changed = [...paths].filter(
    (path) => JSON.stringify(before.changes[path]) !== JSON.stringify(after.changes[path]),
  );
  // What a field holds comes and goes with it.
  return (
    changed.filter((path) => !changed.some((other) => other !== path && isWithin(path, other))).length <= 1
  );
}

const isWithin = (path: string, other: string) => path === other || path.startsWith(`${other}.`);
