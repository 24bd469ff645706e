import { sizeOfShape } from '@latentkit/core';
import type { Graph, GraphNode, GraphResult } from './graph.ts';

/**
 * A graph none of whose results is a parameter itself, but a copy of it: an update moves parameters one after the other,
 * and results are what they were before.
 */
export function copyParameters(graph: Graph): Graph {
  const values = [...graph.values];
  const nodes: GraphNode[] = [...graph.nodes];
  const copied = (results: Readonly<Record<string, GraphResult>>) =>
    Object.fromEntries(
      Object.entries(results).map(([name, result]) => {
        const { shape, source } = values[result.value]!;
        if (source.type !== 'parameter') return [name, result];
        const output = values.push({ shape, source: { type: 'computed' } }) - 1;
        const count = sizeOfShape(shape);
        nodes.push({
          operation: { kind: 'unary', operator: 'copy', count, alpha: 0 },
          inputs: [result.value],
          output,
        });
        return [name, { ...result, value: output }];
      }),
    );
  const { outputs, gradients, state, guards } = graph;
  const results = {
    outputs: copied(outputs),
    gradients: gradients && copied(gradients),
    state: state && copied(state),
  };
  return { values, nodes, ...results, guards };
}
