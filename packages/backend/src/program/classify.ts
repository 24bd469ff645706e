import type { RowCut } from '../operations/operation-rule.ts';
import { ruleOf } from '../operations/rule-of.ts';
import type { Graph, GraphNode } from './graph.ts';
import { neededNodes } from './needed-nodes.ts';

/** How a node is to be done: row by row, or on all of its numbers at once. */
export interface ClassifiedNode extends GraphNode {
  readonly how: { readonly type: 'rows'; readonly cut: RowCut } | { readonly type: 'whole' };
}

export interface Classified {
  /** Those that a result needs. */
  readonly nodes: readonly ClassifiedNode[];
  /** For each value, whether it has a row for each example of the batch. */
  readonly carries: readonly boolean[];
}

/**
 * Tells which values have a row for each example, and which nodes can be done row by row.
 *
 * A node that mixes rows (a gradient of weights, a sum over the batch) is done whole, once all rows are there; what it
 * gives has no rows. So any program can be done, and one that seldom mixes rows is shared out well.
 */
export function classify(graph: Graph, batch: number): Classified {
  // A batch of one has no rows to share out, and its rows could not be told from anything else.
  const carries = graph.values.map(({ source }) => source.type === 'input' && batch > 1);
  const nodes = neededNodes(graph).map((node): ClassifiedNode => {
    const flags = node.inputs.map((value) => carries[value]!);
    const cut = flags.includes(true) && ruleOf(node.operation).alongBatch(node.operation, batch, flags);
    if (!cut) return { ...node, how: { type: 'whole' } };
    carries[node.output] = true;
    return { ...node, how: { type: 'rows', cut } };
  });
  return { nodes, carries };
}
