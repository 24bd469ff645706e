import type { Dataset, Examples } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import { usualObjective } from '@latentkit/objectives';
import type { TrainingEvent } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { fingerprintOf } from '../files/data-fingerprint.ts';
import { type RunEnd, runEndOf } from '../files/run-end.ts';
import { modelSpecOf } from '../model-spec-of.ts';
import type { Continuation } from './plan-continuation.ts';
import type { RunFileWriter } from './run-file-writer.ts';

/** Writes what an event of training tells, as files of its run; an end is what `end.json` holds. */
export type RunSaver = (event: TrainingEvent) => Promise<RunEnd | undefined>;

export interface RunSaverOptions extends Partial<Pick<Continuation, 'checkpoint' | 'data'>> {
  config: ExperimentConfig;
  dataset: Dataset<Examples>;
  /** What the run is computed on, for its reader. */
  environment: RunEnd['environment'];
  /** The end's date. */
  date: () => Date;
}

/** A run's files from the events of its training, in an order that leaves a run to go on with wherever it is cut off. */
export function createRunSaver(
  files: RunFileWriter,
  { config, dataset, checkpoint, data, environment, date }: RunSaverOptions,
): RunSaver {
  let isBegun = false;

  /** Again where it was refused: without a config the rest is no run. */
  async function begin() {
    if (isBegun) return;
    const [made] = await Promise.all([
      checkpoint ? data : fingerprintOf(dataset),
      files.writeConfig(config), // meanwhile
    ]);
    if (made) await files.writeData(made);
    if (checkpoint) await files.writeMetrics(checkpoint.progress.history);
    isBegun = true;
  }

  return async (event) => {
    if (event.type === 'start') await begin();
    if (event.type === 'checkpoint') {
      await begin();
      // The small file first: on a disk that fills up, a finished epoch leaves its row at least.
      await files.writeMetrics(event.checkpoint.progress.history);
      await files.writeCheckpoint(event.checkpoint);
    }
    if (event.type !== 'end') return undefined;
    await begin();
    const { epoch, weights } = event;
    const spec = modelSpecOf(config, dataset.train.shape, dataset.columns);
    const { objective = usualObjective(createModel(spec)) } = config;
    await files.writeModel({ spec, epoch, weights, objective });
    const end = runEndOf(event, { date: date(), environment });
    await files.writeEnd(end);
    return end;
  };
}
