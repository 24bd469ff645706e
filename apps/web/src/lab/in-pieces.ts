import { pixelCount } from '@latentkit/core';
import { type AcceleratedModel, type Codes, codeSizeOf } from '@latentkit/models';
import type { Turns } from './pictures.ts';
import { URGENCY } from './turns.ts';

type Told = Parameters<AcceleratedModel['encode']>[1];

/** Rows a call: a hand waits for that many at most. A row's result is the same bits with any others beside it. */
const ROWS = 64;

/** A model whose calls for many rows are cut into calls for a few, each in a turn of its own: what a hand asks for comes between two. */
export function inPieces(
  model: Pick<AcceleratedModel, 'spec' | 'encode' | 'decode'>,
  take: Turns,
): Pick<AcceleratedModel, 'encode' | 'decode'> {
  async function callAll<Rows extends Uint8Array | Float32Array, Result>(
    call: (some: Rows, told: Told) => Promise<Result>,
    rows: Rows,
    { size, told }: { readonly size: number; readonly told: Told },
  ): Promise<Result[]> {
    const results: Result[] = [];
    // What is no whole number of rows is refused by the call, in its own words.
    for (let first = 0; first === 0 || first * size < rows.length; first += ROWS) {
      const some = rows.subarray(first * size, (first + ROWS) * size) as Rows;
      results.push(await take(URGENCY.background, () => call(some, labelsOf(told, first))));
    }
    return results;
  }
  return {
    async encode(images, told) {
      const parts = await callAll(model.encode, images, { size: pixelCount(model.spec.image), told });
      const [logVar, codes] = [
        joined(parts.map((part) => part.logVar)),
        joined(parts.map((part) => part.codes)),
      ];
      const mean = joined(parts.map((part) => part.mean))!;
      return { mean, ...(logVar && { logVar }), ...(codes && { codes }) } satisfies Codes;
    },
    async decode(latent, told) {
      return joined(await callAll(model.decode, latent, { size: codeSizeOf(model.spec), told }))!;
    },
  };
}

function labelsOf(told: Told, first: number): Told {
  if (told?.label === undefined || typeof told.label === 'number') return told;
  return { ...told, label: Array.prototype.slice.call(told.label, first, first + ROWS) };
}

/** One array after the other; undefined where there is none. */
function joined<Values extends Float32Array | Uint32Array>(
  parts: readonly (Values | undefined)[],
): Values | undefined {
  const arrays = parts.filter((part) => part !== undefined);
  const length = arrays.reduce((sum, part) => sum + part.length, 0);
  const [first] = arrays;
  if (!first || arrays.length === 1) return first;
  const whole = (
    first instanceof Float32Array ? new Float32Array(length) : new Uint32Array(length)
  ) as Values;
  let at = 0;
  for (const part of arrays) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
