import type { Graph, GraphNode } from './graph.ts';

/** The nodes of a graph that a result needs, in their order. */
export function neededNodes({ nodes, outputs, gradients = {} }: Graph): GraphNode[] {
  const needed = new Set([...Object.values(outputs), ...Object.values(gradients)].map(({ value }) => value));
  return nodes
    .toReversed()
    .filter(({ inputs, output }) => {
      if (!needed.has(output)) return false;
      for (const value of inputs) needed.add(value);
      return true;
    })
    .reverse();
}
