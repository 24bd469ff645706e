import type { EndEvent } from '@latentkit/trainers';
import { type RunExperimentOptions, runExperiment } from '../node/run-experiment.ts';
import { tinyConfig, tinyDataset } from './tiny-run.ts';

/** Trains and writes a run up to its model; figures and report, most of a tiny run's time, stay away, as from whoever stops reading. */
export async function trainRun({
  config = tinyConfig(),
  dataset = tinyDataset(),
  ...options
}: Partial<RunExperimentOptions> & Pick<RunExperimentOptions, 'out'>): Promise<EndEvent> {
  for await (const event of runExperiment({ config, dataset, ...options })) {
    if (event.type === 'end') return event;
  }
  throw new Error('a run without an end');
}
