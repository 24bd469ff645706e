import { type NnKernels, packedBytes } from '@latentkit/kernels/nn';
import type { PackedSource } from './program/graph.ts';
import type { Heap } from './threads/heap.ts';

/** The packed copies of a session's weights: one of each, for all programs that read it. */
export interface PackedWeights {
  /** Where a copy lies; it holds nothing before `refresh`. */
  place(source: PackedSource): number;
  /** Packs anew, of the copies at these places, those that are older than the weights. */
  refresh(places: Iterable<number>): void;
  /** The weights change. */
  outdate(): void;
  free(): void;
}

interface Copy {
  readonly source: PackedSource;
  isFresh: boolean;
}

/** @param parameters where each parameter lies in the heap's memory. */
export function createPackedWeights(
  nn: Pick<NnKernels, 'packRight'>,
  heap: Heap,
  parameters: ReadonlyMap<string, number>,
): PackedWeights {
  const places = new Map<string, number>();
  const copies = new Map<number, Copy>();
  return {
    place(source) {
      const key = JSON.stringify(source);
      const known = places.get(key);
      if (known !== undefined) return known;
      const place = heap.allocate(packedBytes(source.n, source.k));
      places.set(key, place);
      copies.set(place, { source, isFresh: false });
      return place;
    },
    refresh(wanted) {
      for (const place of wanted) {
        const copy = copies.get(place)!;
        if (copy.isFresh) continue;
        const { parameter, n, k, transposed } = copy.source;
        const strides = transposed ? { rowStride: 1, columnStride: k } : { rowStride: n, columnStride: 1 };
        nn.packRight(n, k, { pointer: parameters.get(parameter)!, ...strides }, place);
        copy.isFresh = true;
      }
    },
    outdate() {
      for (const copy of copies.values()) copy.isFresh = false;
    },
    free() {
      for (const place of copies.keys()) heap.free(place);
    },
  };
}
