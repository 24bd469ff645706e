import { fuseActivationGradient } from './fusions/activation-gradient.ts';
import { fuseBernoulli, fuseBernoulliGradient } from './fusions/bernoulli.ts';
import type { Fusion } from './fusions/fusion.ts';
import { fuseActivation, fuseBias } from './fusions/transposed-convolution.ts';
import { type Graph, type GraphNode, resultsOf } from './graph.ts';
import { neededNodes } from './needed-nodes.ts';

const FUSIONS: readonly Fusion[] = [
  fuseBias,
  fuseActivation,
  fuseActivationGradient,
  fuseBernoulli,
  fuseBernoulliGradient,
];

/**
 * The graph with one operation in place of several wherever a kernel of ours gives the same bits without the values in
 * between; and without what no result needs.
 */
export function fuse(graph: Graph): Graph {
  const needed = neededNodes(graph);
  const results = resultsOf(graph).map(({ value }) => value);
  const readers = new Map<number, number>();
  for (const value of [...needed.flatMap(({ inputs }) => inputs), ...results]) {
    readers.set(value, (readers.get(value) ?? 0) + 1);
  }
  const makers = new Map<number, GraphNode>();
  const makerOf = (value: number) => (readers.get(value) === 1 ? makers.get(value) : undefined);
  // In order, so that a pattern may end in what another has become: a bias first, then the activation.
  const nodes = needed.map((node) => {
    const fused = { ...node, ...firstOf(FUSIONS, node, makerOf) };
    makers.set(node.output, fused);
    return fused;
  });
  return { ...graph, nodes: neededNodes({ ...graph, nodes }) };
}

function firstOf(fusions: readonly Fusion[], ...[node, makerOf]: Parameters<Fusion>): ReturnType<Fusion> {
  for (const fusion of fusions) {
    const fused = fusion(node, makerOf);
    if (fused) return fused;
  }
  return undefined;
}
