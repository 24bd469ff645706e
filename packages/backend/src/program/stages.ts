import { ruleOf } from '../operations/rule-of.ts';
import type { ClassifiedNode } from './classify.ts';

/** Nodes that can be done between two meetings of all threads. */
export interface NodeStage {
  readonly type: 'rows' | 'tasks';
  readonly nodes: readonly ClassifiedNode[];
}

/** Work below this many operations is not worth sharing out, nor a meeting of its own. */
export const SMALL_COST = 50_000;

/**
 * Sorts nodes into as few stages as their dependencies allow.
 *
 * Nodes on rows follow each other within a stage, as a row needs only itself. Nodes that are not on rows are shared out
 * whole, so that one that needs another's output comes a stage later, unless both are small.
 *
 * @param count of values.
 */
export function planStages(nodes: readonly ClassifiedNode[], count: number): NodeStage[] {
  // Rounds: even ones hold tasks, odd ones rows. A value given from outside is there from the beginning.
  const roundOf = new Array<number>(count).fill(0);
  const rounds: ClassifiedNode[][] = [];
  for (const node of nodes) {
    const latest = Math.max(0, ...node.inputs.map((value) => roundOf[value]!));
    const isRows = node.how.type === 'rows';
    const round = isRows === (latest % 2 === 1) ? latest : latest + 1;
    roundOf[node.output] = round;
    rounds[round] = [...(rounds[round] ?? []), node];
  }
  return rounds.flatMap((round = [], i): NodeStage[] => {
    if (round.length === 0) return [];
    return i % 2 === 1 ? [{ type: 'rows', nodes: round }] : taskStages(round);
  });
}

function taskStages(nodes: readonly ClassifiedNode[]): NodeStage[] {
  const levelOf = new Map<number, number>();
  const levels: ClassifiedNode[][] = [];
  for (const node of nodes) {
    const level = Math.max(0, ...node.inputs.map((value) => (levelOf.get(value) ?? -1) + 1));
    levelOf.set(node.output, level);
    levels[level] = [...(levels[level] ?? []), node];
  }
  const stages: ClassifiedNode[][] = [];
  for (const level of levels) {
    const before = stages.at(-1);
    if (before && isSmall(before) && isSmall(level)) before.push(...level);
    else stages.push([...level]);
  }
  return stages.map((level) => ({ type: 'tasks', nodes: level }));
}

/** Whether one thread had better do all of it, in order. */
export function isSmall(nodes: readonly ClassifiedNode[]): boolean {
  return nodes.reduce((sum, { operation }) => sum + ruleOf(operation).cost(operation), 0) < SMALL_COST;
}
