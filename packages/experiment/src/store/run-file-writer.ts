import type { NamedArrays } from '@latentkit/core';
import type { ModelSpec } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import type { ObjectiveSpec } from '@latentkit/objectives';
import type { Checkpoint, MetricsRow } from '@latentkit/trainers';
import type { ExperimentConfig } from '../config-schema.ts';
import { type CheckpointOrigin, encodeCheckpoint } from '../files/checkpoint-file.ts';
import type { DataFingerprint } from '../files/data-fingerprint.ts';
import { numbersToJson } from '../files/json-numbers.ts';
import { metricsColumns, metricsCsv } from '../files/metrics-csv.ts';
import type { RunEnd } from '../files/run-end.ts';
import { MADE_OF_WEIGHTS, RUN_FILES } from '../files/run-files.ts';
import type { RunWriter } from './run-store.ts';

/** What a run is, written as the files that it is: each whole or not at all. */
export interface RunFileWriter {
  writeConfig(config: ExperimentConfig): Promise<void>;
  /** What data the run is made with; its checkpoints say it, too. */
  writeData(data: DataFingerprint): Promise<void>;
  /** A line an epoch, of JSON and in a table: at first all of them anew, then those that are not there yet. */
  writeMetrics(history: readonly MetricsRow[]): Promise<void>;
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** The report goes, and with other weights than are there what was made of those: evaluation, pictures, codes, maps. */
  writeModel(model: {
    spec: ModelSpec;
    epoch: number;
    weights: NamedArrays;
    objective?: ObjectiveSpec;
  }): Promise<void>;
  /** How the training ended, when and on what. */
  writeEnd(end: RunEnd): Promise<void>;
}

/** Writes a run's files, wherever they lie. */
export function createRunFileWriter(
  files: Pick<RunWriter, 'read' | 'write' | 'append' | 'remove'>,
): RunFileWriter {
  /** Lines of metrics that this writer knows to be there. */
  let rows = 0;
  let columns: readonly string[] = [];
  let origin: CheckpointOrigin = {};

  async function holds(name: string, content: Uint8Array) {
    const there = await files.read(name).catch(() => undefined);
    return there?.length === content.length && there.every((byte, i) => byte === content[i]);
  }

  return {
    async writeConfig(given) {
      await files.write(RUN_FILES.config, toJson(given));
      origin = { ...origin, config: given };
    },
    async writeData(data) {
      await files.write(RUN_FILES.data, toJson(data));
      origin = { ...origin, data };
    },
    async writeMetrics(history) {
      const from = rows;
      const added = history.slice(from);
      const lines = added.map((row) => `${numbersToJson(row)}\n`).join('');
      // By a column that the rows before have not: they get an empty cell.
      const isWider = added.some((row) => Object.keys(row).some((name) => !columns.includes(name)));
      if (isWider) columns = metricsColumns(history);
      const isAnew = from === 0 || isWider;
      const table = metricsCsv(history, { columns, from: isAnew ? 0 : from });
      rows = 0; // where one of the two is refused, both are written anew the next time
      // Side by side: most of a small file's time is waiting for the browser.
      const writes = [
        (from === 0 ? files.write : files.append)(RUN_FILES.metrics, lines),
        (isAnew ? files.write : files.append)(RUN_FILES.table, table),
      ];
      await Promise.allSettled(writes);
      await Promise.all(writes); // which throws what was refused, when nothing is under way any more
      rows = history.length;
    },
    async writeCheckpoint(checkpoint) {
      await files.write(RUN_FILES.checkpoint, await encodeCheckpoint(checkpoint, origin));
    },
    async writeModel({ spec, epoch, weights, objective }) {
      const saved = saveModel({ spec, epoch, weights, objective });
      const bytes = saved[RUN_FILES.weights];
      await files.remove(RUN_FILES.report); // written last: whether it is there says whether the run is finished
      // What names the weights goes before them: a kill between the two leaves a run without a model, and no wrong one.
      if (!(await holds(RUN_FILES.weights, bytes))) {
        for (const name of [RUN_FILES.model, ...MADE_OF_WEIGHTS]) await files.remove(name);
      }
      await files.write(RUN_FILES.weights, bytes);
      await files.write(RUN_FILES.model, saved[RUN_FILES.model]);
    },
    writeEnd: (end) => files.write(RUN_FILES.end, toJson(end)),
  };
}

function toJson(value: unknown): string {
  return `${numbersToJson(value, 2)}\n`;
}
