import { LatentkitError } from '@latentkit/core';
import type { RowCut } from '../operations/operation-rule.ts';
import { ruleOf } from '../operations/rule-of.ts';
import type { Graph, GraphNode } from './graph.ts';

/** How a node is to be done: row by row, over all rows at once, or without any. */
export interface ClassifiedNode extends GraphNode {
  readonly how: { readonly type: 'rows'; readonly cut: RowCut } | { readonly type: 'over' | 'whole' };
}

/**
 * Tells which values have a row for each example, and how each node treats them. Nodes that no result needs are left out.
 *
 * @throws `E_BACKEND` where a node mixes the rows of the batch in a way that cannot be shared out.
 */
export function classify(
  graph: Graph,
  batch: number,
): { nodes: readonly ClassifiedNode[]; carries: readonly boolean[] } {
  const carries = graph.values.map(({ source }) => source.type === 'input');
  const nodes = neededNodes(graph).map((node): ClassifiedNode => {
    const rule = ruleOf(node.operation);
    const flags = node.inputs.map((value) => carries[value]!);
    if (!flags.includes(true)) return { ...node, how: { type: 'whole' } };
    const cut = rule.alongBatch(node.operation, batch, flags);
    if (cut) {
      carries[node.output] = true;
      return { ...node, how: { type: 'rows', cut } };
    }
    if (rule.overBatch(node.operation, batch, flags)) return { ...node, how: { type: 'over' } };
    throw new LatentkitError(
      'E_BACKEND',
      `accelerator: '${node.operation.kind}' mixes the examples of a batch in a way that workers cannot share`,
      { fix: 'Train without an accelerator' },
    );
  });
  return { nodes, carries };
}

function neededNodes({ nodes, outputs, gradients = {} }: Graph): GraphNode[] {
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
