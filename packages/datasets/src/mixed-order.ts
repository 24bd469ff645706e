import { type LabelledPart, permutation, Stream } from '@latentkit/core';

/** By the place in the set: 1 for an example that is labelled, 0 for another. */
export function marksOf({ indices }: LabelledPart, count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (const index of indices) marks[index] = 1;
  return marks;
}

/**
 * An order of as many places as a set has, labelled ones among them by their share: of any `n` places in a row, `floor(n share)` or one
 * more. The labelled ones come in one random order after another, of those without a label as many as there is room for.
 *
 * @param order of all places: the others come in it.
 */
export function mixedOrder(
  order: Uint32Array,
  labelled: LabelledPart,
  { seed, epoch }: { seed: number; epoch: number },
): Uint32Array {
  const { indices, share } = labelled;
  const isLabelled = marksOf(labelled, order.length);
  const others = order.filter((index) => isLabelled[index] === 0);
  const mixed = new Uint32Array(order.length);
  let [turn, drawn, taken] = [new Uint32Array(0), 0, 0];
  for (let place = 0; place < mixed.length; place++) {
    const isNext = Math.floor((place + 1) * share) > Math.floor(place * share);
    // Rounding may ask for one more of the others than there are.
    if (!isNext && taken < others.length) mixed[place] = others[taken++]!;
    else {
      const at = drawn++ % indices.length;
      if (at === 0) {
        const pass = (drawn - 1) / indices.length;
        // Step 0 is who is labelled.
        turn = permutation(indices.length, { seed, stream: Stream.labels, step: epoch + 1, index: pass });
      }
      mixed[place] = indices[turn[at]!]!;
    }
  }
  return mixed;
}
