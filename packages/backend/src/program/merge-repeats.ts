import { type Graph, type GraphNode, type GraphResult, lineOfOperation } from './graph.ts';

/**
 * The graph with everything done once: a node that does what an earlier one does, of the same values, becomes that one.
 *
 * An operation's numbers are those of its inputs alone, so no bit changes. A gradient repeats much of what its term did, and a second
 * pass of the same images their whole encoder.
 */
export function mergeRepeats(graph: Graph): Graph {
  const firsts = new Map<number, number>();
  const firstOf = (value: number) => firsts.get(value) ?? value;
  const seen = new Map<string, number>();
  /** Whether the value is one that was there already. */
  const isRepeat = (value: number, line: string) => {
    const first = seen.get(line);
    if (first === undefined) seen.set(line, value);
    else firsts.set(value, first);
    return first !== undefined;
  };
  for (const [value, { shape, source }] of graph.values.entries()) {
    if (source.type !== 'constant' || source.data.length > MOST_COMPARED) continue;
    isRepeat(
      value,
      `${shape}: ${new Uint32Array(source.data.buffer, source.data.byteOffset, source.data.length)}`,
    );
  }
  const nodes = graph.nodes.flatMap(({ operation, inputs, output }): GraphNode[] => {
    const node = { operation, inputs: inputs.map(firstOf), output };
    return isRepeat(output, `${lineOfOperation(operation)} ${node.inputs}`) ? [] : [node];
  });
  const merged = (results: Readonly<Record<string, GraphResult>>) =>
    Object.fromEntries(
      Object.entries(results).map(([name, { value, shape }]) => [name, { value: firstOf(value), shape }]),
    );
  const { outputs, gradients, state } = graph;
  return {
    ...graph,
    nodes,
    outputs: merged(outputs),
    gradients: gradients && merged(gradients),
    state: state && merged(state),
  };
}

/** Numbers of a constant, beyond which it is taken to be its own. */
const MOST_COMPARED = 64;
