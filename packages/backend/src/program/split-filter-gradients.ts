import { sizeOfShape } from '@latentkit/core';
import { FILTER_CHUNK_IMAGES } from '@latentkit/kernels/nn';
import { withImages } from '../operations/convolution.ts';
import type { Classified, ClassifiedNode } from './classify.ts';
import type { Graph, GraphValue } from './graph.ts';

/** A graph whose nodes know how they are done, with numbers in each value counted. */
export interface SplitGraph {
  readonly nodes: readonly ClassifiedNode[];
  readonly values: readonly (GraphValue | undefined)[];
  /** Numbers in each value, all rows together. */
  readonly sizes: readonly number[];
  /** Numbers in a row of the batch; 0 where a value has no rows. */
  readonly rowSizes: readonly number[];
  readonly hasFilterGradients: boolean;
}

/**
 * Makes two nodes of each gradient of a filter: one part for each chunk of images, made while they are at hand, then
 * the sum of the parts. That is how the kernel itself adds up, so the bits are the same.
 */
export function splitFilterGradients(
  { values }: Graph,
  { nodes, carries }: Classified,
  batch: number,
): SplitGraph {
  const sizes = values.map(({ shape }) => sizeOfShape(shape));
  const rowSizes = sizes.map((size, value) => (carries[value] ? size / batch : 0));
  const split = { values: [...values] as (GraphValue | undefined)[], sizes, rowSizes };
  const all = nodes.flatMap((node): ClassifiedNode[] => {
    const { operation, inputs, output } = node;
    const size = sizes[output]!;
    // The kernel of sums adds single numbers up in an order of its own.
    if (operation.kind !== 'convolveBackpropFilter' || size === 1) return [node];
    const images = operation.geometry.batch;
    if (images % batch !== 0 || !inputs.some((value) => carries[value])) return [node];
    const chunks = Math.ceil(images / FILTER_CHUNK_IMAGES);
    const parts = split.sizes.length;
    split.values.push(undefined);
    split.sizes.push(size * chunks);
    // Whole where it counts: a tile begins with a chunk's first image.
    split.rowSizes.push((size * images) / batch / FILTER_CHUNK_IMAGES);
    const inParts = { ...operation, kind: 'convolveBackpropFilterParts' } as const;
    const cut = {
      advances: [true, true],
      take: (rows: number) => withImages(inParts, (images / batch) * rows),
    };
    return [
      { ...node, operation: inParts, output: parts, how: { type: 'rows', cut } },
      {
        operation: { kind: 'sum', outer: 1, reduce: chunks, inner: size },
        inputs: [parts],
        output,
        how: { type: 'whole' },
      },
    ];
  });
  return { ...split, nodes: all, hasFilterGradients: all.length > nodes.length };
}
