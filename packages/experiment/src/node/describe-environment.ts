import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';

/** What a run's figures depend on and a reader may want to know: versions and the processor. */
export async function describeEnvironment(): Promise<Record<string, string>> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return {
    Latentkit: (JSON.parse(manifest) as { version: string }).version,
    'tfjs-core': tf.version_core,
    Node: process.version,
    on: cpus()[0]?.model.trim() ?? process.arch,
  };
}
