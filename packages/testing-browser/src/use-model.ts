import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import type { Accelerator } from '@latentkit/core';
import { createModel, createTrainedModel, openTrainedModel } from '@latentkit/models';
import * as tf from '@tensorflow/tfjs-core';
import { hashBytes } from './hash-bytes.ts';
import { makeDataset } from './make-dataset.ts';
import { MODELS } from './models.ts';

/** What came of using models, and with what. */
export interface UsedModels {
  /** SHA-256 of each model's reconstructions and samples. */
  hashes: Record<string, string>;
  /** Threads that computed; null where tfjs did. */
  workers: number | null;
  /** Backends of tfjs that were started. */
  backends: string[];
  /** Binaries of tfjs that the page asked for. */
  binaries: string[];
}

/** Reconstructs and samples by each model, on an accelerator or on tfjs's backend. */
export async function useModels(workers: number | 'tfjs'): Promise<UsedModels> {
  const { images } = makeDataset().validation;
  const hashes: Record<string, string> = {};
  if (workers === 'tfjs') await startWasmBackend();
  const accelerator = workers === 'tfjs' ? undefined : await createAccelerator({ workers });
  for (const name of Object.keys(MODELS)) {
    const model = await open(name, accelerator);
    const [made, drawn] = [await model.reconstruct(images), await model.sample({ count: 150, seed: 2 })];
    hashes[name] = await hashBytes(Float32Array.of(...made, ...drawn));
    await model.dispose();
  }
  await accelerator?.close();
  const addresses = performance.getEntriesByType('resource').map(({ name }) => name);
  return {
    hashes,
    workers: accelerator?.workers ?? null,
    backends: Object.keys(tf.engine().registry),
    binaries: addresses.filter((address) => /tfjs-binary|^blob:|\.wasm$/.test(address)),
  };
}

function open(name: string, accelerator: Accelerator<tf.Tensor> | undefined) {
  const spec = MODELS[name]!;
  const weights = createModel(spec).initialize(5);
  return accelerator ? openTrainedModel(spec, weights, { accelerator }) : createTrainedModel(spec, weights);
}
