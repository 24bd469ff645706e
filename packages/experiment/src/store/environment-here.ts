import { version_core } from '@tensorflow/tfjs-core';
import type { RunEnd } from '../files/run-end.ts';

/** What a page computes on, for the reader of its runs: tfjs's version and the browser's name. */
export function environmentHere(): RunEnd['environment'] {
  return { 'tfjs-core': version_core, on: globalThis.navigator?.userAgent ?? 'unknown' };
}
