import { startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { type Results, trainAndHash } from './train-and-hash.ts';

/** What a page or a worker is asked to do. */
export interface Task {
  /** Where tfjs's binary is; the package's own copy when absent. */
  wasmUrl?: string | undefined;
  /** Fails on purpose, to see that the run notices. */
  fail?: boolean;
}

/** What it answers. */
export interface Outcome extends Results {
  backend: string;
  isolated: boolean;
  threads: boolean;
}

/** Trains where it is called, and tells under which conditions. */
export async function runTask({ wasmUrl, fail = false }: Task): Promise<Outcome> {
  if (fail) throw new Error('failing on purpose');
  await Promise.all([startWasmBackend({ wasmUrl }), startWasmBackend({ wasmUrl })]);
  return {
    ...(await trainAndHash()),
    backend: tf.getBackend(),
    isolated: globalThis.crossOriginIsolated,
    threads: tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT'),
  };
}
