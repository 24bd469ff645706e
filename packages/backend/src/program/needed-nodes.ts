import { type Graph, type GraphNode, resultsOf } from './graph.ts';

/** The nodes of a graph that a result needs, in their order. */
export function neededNodes(graph: Graph): GraphNode[] {
  const needed = new Set(resultsOf(graph).map(({ value }) => value));
  return graph.nodes
    .toReversed()
    .filter(({ inputs, output }) => {
      if (!needed.has(output)) return false;
      for (const value of inputs) needed.add(value);
      return true;
    })
    .reverse();
}
