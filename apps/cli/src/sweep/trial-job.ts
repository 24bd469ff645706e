import { basename } from 'node:path';
import { type Dataset, type Examples, LatentkitError } from '@latentkit/core';
import {
  fields,
  flag,
  openFields,
  optional,
  type Schema,
  text,
  textLike,
  whole,
} from '@latentkit/core/schema';
import { type ExperimentConfig, parseConfig, tableColumnsOf } from '@latentkit/experiment/config';
import {
  fingerprintOf,
  folderOfDataset,
  type ImageFiles,
  loadDataset,
  RUN_FILES,
  type TrialResult,
  trainTrial,
} from '@latentkit/experiment/node';
import { digestSha256 } from '@latentkit/formats';
import { canonicalJson, type Job, type JobData, type Json } from '@latentkit/jobs';
import { type JobKind, jobRunFolder } from '@latentkit/jobs/node';
import { findAllowed } from '../jobs/allowed.ts';

/** What a trial's job is told. */
export interface TrialPayload {
  /** Of the whole run. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Until which it is trained. */
  readonly epochs: number;
  readonly judge: string;
  /** The job that trained it before. */
  readonly after?: string | undefined;
  /** Whether figures and a report are drawn. */
  readonly isReported?: boolean | undefined;
  /** Of a sweep on data of one's own: the names of their files, which a worker of a queue has in its own folder of data. */
  readonly files?: ImageFiles | undefined;
}

const NAMES_OF_FILES = ['data', 'labels', 'validationData', 'validationLabels'] as const;

const payloadSchema: Schema<TrialPayload> = fields({
  config: openFields({}),
  epochs: whole(1),
  judge: text(),
  after: optional(textLike(/^[0-9a-f]{64}$/, 'be the id of a job')),
  isReported: optional(flag()),
  files: optional(
    fields(Object.fromEntries(NAMES_OF_FILES.map((name) => [name, optional(text())]))),
  ) as Schema<ImageFiles | undefined>,
});

const KIND = 'trial';
const ALIVE_SECONDS = 10; // between two words of an epoch that takes long
const SAVE_SECONDS = 10; // a copy of a checkpoint takes a while, too

/** What a worker of trials has: no job says any of it. */
export interface TrialWorker {
  /** Where jobs lie. */
  readonly store: string;
  /** Images of one's own, for trials on them. */
  readonly files: ImageFiles;
  /** Threads a trial. */
  readonly threads: number;
  /** A folder of data: files of one's own, and those of datasets, in it or in a folder by the dataset's name. */
  readonly dataDir?: string;
  /** Trials come from other machines: none of them may name a folder of this one. */
  readonly isShared?: boolean;
}

/** A trial as a job. */
export function trialJob(
  { config, ...payload }: Omit<TrialPayload, 'config'> & { config: ExperimentConfig },
  { data, codeVersion }: { data: JobData; codeVersion: string },
): Job {
  const plain = JSON.parse(JSON.stringify({ ...payload, config })) as Job['payload'];
  return { kind: KIND, payload: plain, seed: config.training.seed, data, codeVersion };
}

/** Data as a job knows them: by name, and by what they are to the last bit. */
export async function jobDataOf(name: string, dataset: Dataset<Examples>): Promise<JobData> {
  const fingerprint = await digestSha256(canonicalJson(await fingerprintOf(dataset)));
  return { name, fingerprint };
}

/** How trials are trained by a worker. */
export function trialKind({
  store,
  files,
  threads,
  dataDir,
  isShared = false,
}: TrialWorker): JobKind<TrialPayload> {
  const load = rememberLast(loadTrialData);
  return {
    kind: KIND,
    payload: payloadSchema,
    async run({ payload, data, folder, checkpoint, signal, saveCheckpoint, progress }) {
      const { epochs, judge, after, isReported, files: names } = payload;
      const config = parseConfig(payload.config, "the trial's config");
      if (isShared && config.dataset.dataDir !== undefined) {
        throw new LatentkitError(
          'E_USAGE',
          'the trial names a folder of data, which a worker of a queue takes from nobody',
          {
            fix: 'Start the worker with --data-dir instead',
          },
        );
      }
      const home = dataDir === undefined ? undefined : await folderOfDataset(dataDir, config.dataset.name);
      const own = home === undefined ? config.dataset : { ...config.dataset, dataDir: home };
      const { dataset, is } = await load(
        { ...config, dataset: own },
        isShared ? await findFiles(dataDir, names) : files,
      );
      checkData(data, is);
      let saved = performance.now();
      let told = saved;
      let standing: Json = { epoch: 0, epochs };
      const tell = () => {
        progress(standing);
        told = performance.now();
      };
      const result = await trainTrial({
        ...{ config, dataset, folder, epochs, judge, isReported, signal },
        workers: threads,
        from: checkpoint?.folder ?? (after === undefined ? undefined : jobRunFolder(store, after)),
        onStep() {
          if (performance.now() - told > 1000 * ALIVE_SECONDS) tell();
        },
        async onEpoch(epoch, value) {
          standing = { epoch, epochs, value: Number.isFinite(value) ? value : null };
          tell();
          if (epoch >= epochs || performance.now() - saved < 1000 * SAVE_SECONDS) return;
          await saveCheckpoint(folder, epoch);
          saved = performance.now();
        },
      });
      return { value: plainOf(result), files: isReported ? [RUN_FILES.weights, RUN_FILES.model] : [] };
    },
  };
}

/** The files of a sweep's own data, by what a worker allows. */
async function findFiles(dataDir: string | undefined, names: ImageFiles = {}): Promise<ImageFiles> {
  const found = Object.entries(names).map(
    async ([of, name]) => [of, await findAllowed(dataDir, name, '--data-dir')] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** Files by their names alone, as jobs may know them. */
export function namesOfFiles(files: ImageFiles): ImageFiles | undefined {
  const given = NAMES_OF_FILES.flatMap((of) =>
    files[of] === undefined ? [] : [[of, basename(files[of])] as const],
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** A value of JSON is finite. */
function plainOf(result: TrialResult): Json {
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return { ...result, values: result.values.map(finite) };
}

/** The dataset of a trial, from its config or from files of one's own. */
export async function loadTrialData(
  config: ExperimentConfig,
  files: ImageFiles,
): Promise<{ dataset: Dataset<Examples>; is: JobData }> {
  const { name } = config.dataset;
  const own = name === 'arrays' ? files : {};
  const dataset = await loadDataset(config.dataset, { ...own, columns: tableColumnsOf(config.model) });
  return { dataset, is: await jobDataOf(name, dataset) };
}

type LoadedData = ReturnType<typeof loadTrialData>;

/** Trials of a sweep share their data. */
function rememberLast(
  load: (config: ExperimentConfig, files: ImageFiles) => LoadedData,
): (config: ExperimentConfig, files: ImageFiles) => LoadedData {
  let last: { key: string; loaded: LoadedData } | undefined;
  return (config, files) => {
    const key = canonicalJson([config.dataset, config.model.likelihood, { ...files }]);
    if (last?.key !== key) {
      const loaded = load(config, files);
      last = { key, loaded };
      loaded.catch(() => {
        last = undefined; // another try may have more luck
      });
    }
    return last.loaded;
  };
}

/** @throws `E_USAGE` where this worker's data are not those that the sweep was begun with. */
function checkData(wanted: JobData | undefined, is: JobData): void {
  if (wanted?.fingerprint === is.fingerprint) return;
  throw new LatentkitError(
    'E_USAGE',
    `the trial is of other data than this worker has under the name '${is.name}'`,
    { fix: 'Give every worker the same files' },
  );
}
