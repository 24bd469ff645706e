import type { LabelledPart } from '@latentkit/core';
import type { Places } from './places.ts';

/** The labelled part of some examples of a set, in the order of their indices. */
export function labelledAmong({ indices, share }: LabelledPart, chosen: Places): LabelledPart {
  const known = new Set(indices);
  const places: number[] = [];
  for (let i = 0; i < chosen.length; i++) if (known.has(chosen.at(i)!)) places.push(i);
  const part = places.length / chosen.length;
  return { indices: Uint32Array.from(places), share: places.length === 0 ? 0 : Math.max(share, part) };
}
