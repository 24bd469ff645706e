import { nextTurn } from '@latentkit/core';
import type { Points } from '../points.ts';

const PIECE = 2 ** 21; // numbers, 8 MiB: a few milliseconds

/** A copy of points that can be moved to a worker, made in pieces so that the caller's thread is not blocked. */
export async function copyPoints({ data, count, dimensions }: Points): Promise<Points> {
  const copy = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += PIECE) {
    copy.set(data.subarray(at, at + PIECE), at);
    if (at + PIECE < data.length) await nextTurn();
  }
  return { data: copy, count, dimensions };
}
