import { planArena } from './arena.ts';
import type { GraphResult } from './graph.ts';
import type { NodeStage } from './stages.ts';

/** Where values that stages hand on to each other lie in one stretch of memory. */
export interface SharedPlaces {
  /** Offset of each, in bytes. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Room for all of them. */
  readonly bytes: number;
  /** Whether nothing outside of the rows that make a value reads it: it has no place here. */
  isLocal(value: number): boolean;
}

/**
 * Finds a place for every computed value that outlives its tile. What no later stage reads gives its room to the next
 * stage's; results keep theirs. All of a stage's values are there at once, as threads do it in any order.
 *
 * @param sizes numbers in each value.
 */
export function placeShared(
  stages: readonly NodeStage[],
  results: readonly GraphResult[],
  sizes: readonly number[],
): SharedPlaces {
  const made = new Map<number, number>(); // by value, the stage that makes it
  const last = new Map<number, number>(); // and the last one that reads it
  for (const [i, { nodes }] of stages.entries()) {
    for (const { inputs, output } of nodes) {
      made.set(output, i);
      for (const value of inputs) last.set(value, i);
    }
  }
  for (const { value } of results) last.set(value, stages.length);
  const endOf = (value: number) => last.get(value) ?? made.get(value)!;
  const isLocal = (value: number) => {
    const stage = made.get(value);
    return stage !== undefined && stages[stage]!.type === 'rows' && endOf(value) === stage;
  };
  const arena = planArena();
  const offsets = new Map<number, number>();
  const ending = new Map<number, number[]>(); // offsets by the stage that they end with
  for (const [i, { nodes }] of stages.entries()) {
    for (const { output } of nodes) {
      if (isLocal(output)) continue;
      const offset = arena.take(4 * sizes[output]!);
      offsets.set(output, offset);
      ending.set(endOf(output), [...(ending.get(endOf(output)) ?? []), offset]);
    }
    for (const offset of ending.get(i) ?? []) arena.release(offset);
  }
  return { offsets, bytes: arena.bytes, isLocal };
}
