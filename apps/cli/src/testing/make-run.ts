import type { Dataset } from '@latentkit/core';
import { loadDataset, runExperiment } from '@latentkit/experiment/node';
import type { RunOptions } from '../options.ts';
import { resolveConfig } from '../resolve-config.ts';

/** A run of one epoch on few images that was stopped before its figures: a model in a fraction of a second. */
export async function makeRun(out: string, options: RunOptions = {}, images?: Dataset): Promise<void> {
  const { dataset: _, ...config } = await resolveConfig({ limit: 40, batchSize: 20, epochs: 2, ...options });
  const dataset = images ?? (await loadDataset({ name: 'digits', limit: 40 }));
  const source = images ? { name: 'arrays' as const } : { name: 'digits' as const, limit: 40 };
  const stop = new AbortController();
  // On one thread: to start another takes longer than to train.
  const run = { config: { ...config, dataset: source }, dataset, out, signal: stop.signal, workers: 1 };
  for await (const event of runExperiment(run)) if (event.type === 'epoch') stop.abort();
}
