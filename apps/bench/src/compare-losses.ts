import { FIRST_STEPS } from './protocol.ts';

/** How far a mean loss over the first steps may be from ours: the weights, noise and order that were drawn are others. */
const TOLERANCE = 0.1;

/**
 * What to say of processes whose training began with other losses than ours: they may compute something else.
 *
 * @param ours - Our mean loss over the first steps; nothing is said without it.
 */
export function compareLosses(
  name: string,
  ours: number | undefined,
  others: readonly { title: string; loss?: number }[],
): string[] {
  if (ours === undefined) return [];
  return others.flatMap(({ title, loss }) => {
    if (loss === undefined) return [];
    const apart = Math.abs(loss / ours - 1);
    if (apart <= TOLERANCE) return []; // NaN is not
    const percent = Number.isFinite(apart) ? `${(100 * apart).toFixed(0)}% off` : 'no number';
    return [
      `${title} at ${name}: its loss over the first ${FIRST_STEPS} steps is ${loss.toFixed(1)}, ours ${ours.toFixed(1)} (${percent}); it may train another model`,
    ];
  });
}
