import { ruleOf } from '../operations/rule-of.ts';
import type { ClassifiedNode } from './classify.ts';
import type { BoundOperation, Location } from './program.ts';
import { isSmall, SMALL_COST } from './stages.ts';

export interface BindTasksOptions {
  workers: number;
  /** The place of a value. */
  locate(value: number): Location;
}

/** Nodes as tasks for any thread: large ones in pieces, small ones together. */
export function bindTasks(
  nodes: readonly ClassifiedNode[],
  { workers, locate }: BindTasksOptions,
): BoundOperation[][] {
  if (isSmall(nodes)) return [nodes.flatMap((node) => pieces(node, 1, locate))];
  const costOf = ({ operation }: ClassifiedNode) => ruleOf(operation).cost(operation);
  const large = nodes.filter((node) => costOf(node) >= SMALL_COST);
  const small = nodes.filter((node) => costOf(node) < SMALL_COST);
  // The largest first, so that the last to be taken are short; more pieces than threads, as some threads are slower.
  const tasks = large
    .toSorted((a, b) => costOf(b) - costOf(a))
    .flatMap((node) => pieces(node, workers === 1 ? 1 : 2 * workers, locate).map((piece) => [piece]));
  return small.length > 0 ? [...tasks, small.flatMap((node) => pieces(node, 1, locate))] : tasks;
}

function pieces(
  { operation, inputs, output }: ClassifiedNode,
  count: number,
  locate: (value: number) => Location,
): BoundOperation[] {
  const moved = (value: number, numbers: number): Location => {
    const { area, offset } = locate(value);
    return { area, offset: offset + 4 * numbers, rowBytes: 0 };
  };
  return ruleOf(operation)
    .pieces(operation, count)
    .map((piece) => ({
      operation: piece.operation,
      inputs: inputs.map((value, i) => moved(value, piece.inputs[i] ?? 0)),
      output: moved(output, piece.output),
    }));
}
