import { LatentkitError, type NamedArrays } from '@latentkit/core';
import { recognizeFile } from '@latentkit/datasets/import';
import { loadNamedDataset, tableColumnsOf } from '@latentkit/experiment';
import {
  createMemoryRunStore,
  importRun,
  type NamedBytes,
  REPORT_FILES,
  RUN_FILES,
  type RunSummary,
  readSavedRun,
  readSummary,
  type SavedRun,
  SHOWN_FILES,
} from '@latentkit/experiment/store';
import { digestSha256, readZip } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { createObjective, termsOf } from '@latentkit/objectives';
import type { EpochEvent } from '@latentkit/trainers';
import { curvesOf } from './curves-of.ts';
import { foreignRun, isPackedModel, mayBeForeign } from './foreign-run.ts';
import { recallImages } from './known-images.ts';
import type { LookData, OpenedRun } from './messages.ts';
import {
  checkSize,
  fileOf,
  lookedAt,
  type ReadImages,
  type ReadModel,
  readModel,
  readShownImages,
  requireModel,
} from './read-model.ts';
import type { PickedRun, RunSource } from './run-messages.ts';
import { filesOfRun, keepFiles } from './stored-runs.ts';

/** A larger ZIP is images. */
const MOST_ZIP_BYTES = 2 ** 28;
const NAME = 'run';
/** A finished run, to be looked at. */
export interface ReadRun {
  readonly opened: OpenedRun;
  readonly data: LookData;
  readonly weights: NamedArrays;
  /** As they came. */
  readonly files: readonly NamedBytes[];
}

/**
 * Reads a finished run: what the command line writes, what the lab gives for download, or a model alone.
 *
 * @returns undefined for files that are something else.
 * @throws `E_FORMAT`, `E_CONFIG`, `E_SHAPE`, `E_NOT_FINITE` for one that is damaged, or of a newer Latentkit; `E_NOT_FOUND` where a part
 * of it is missing; `E_NETWORK` where it cannot be fetched.
 */
export async function readRun(source: RunSource): Promise<ReadRun | undefined> {
  const files = await filesOf(source);
  if (!files) return undefined;
  requireModel(files);
  const run = fileOf(files, RUN_FILES.config) ? await wholeRun(files) : modelAlone(files);
  const images = await imagesOf(run, files);
  const { spec, weights, config, history } = run;
  const epochs = config?.training.epochs ?? run.epoch;
  // Their names are wanted here, and not what they come to: any number of examples does, and no function goes to the page.
  const terms = termsOf(createObjective(createModel(spec), run.objective, { examples: 60_000 })).map(
    ({ name, title, unit, per, weight, weightColumn }) => ({
      ...{ name, title, unit, per, weight },
      ...(weightColumn !== undefined && { weightColumn }),
    }),
  );
  return {
    opened: {
      name: 'kept' in source ? source.kept : 'name' in source ? source.name : (config?.recipe ?? 'model'),
      isKept: 'kept' in source,
      start: {
        ...{ type: 'start', epochs, batches: 1, terms, notes: [], threads: 0, spec, curves: curvesOf(terms) },
        ...{ trainImages: 0, validationImages: 0, parameters: countOf(weights) },
      },
      rows: history.map((row) => ({ type: 'epoch', ...row }) as EpochEvent),
      end: {
        type: 'end',
        ...{ reason: run.reason, epoch: run.epoch },
        fingerprint: await digestSha256(fileOf(files, RUN_FILES.weights)!),
      },
      ...(config && { config }),
      notes: [...images.notes, ...(config?.start?.notes ?? [])],
    },
    data: {
      ...{ type: 'data', spec, ...images.data },
      ...(run.objective && { objective: run.objective }),
      ...(config && { config }),
      ...(run.known && { known: run.known, trainImages: run.known.train.count }),
    },
    weights,
    files,
  };
}

/**
 * Keeps a run that comes as files, checked as one that is opened.
 *
 * @returns the name that it is kept under.
 * @throws `E_FORMAT` for files that are no run, or damaged; `E_IO` where the browser keeps nothing, or refuses it.
 */
export async function keepRunOf(source: PickedRun): Promise<string> {
  const files = await pickedRun(source, () => true);
  if (files) return keepFiles(folderOf(files) ?? source.name.replace(/\.zip$/i, ''), files);
  throw new LatentkitError('E_FORMAT', `${source.name} is no run`, {
    fix: 'Choose the ZIP of a run, or all files of its folder',
  });
}

/** The folder that a run's files lie in, which is called as the run is. */
function folderOf(files: readonly NamedBytes[]): string | undefined {
  const config = files.find(({ name }) => `/${name}`.endsWith(`/${RUN_FILES.config}`))?.name;
  return config?.split('/').at(-2);
}

function filesOf(source: RunSource): Promise<NamedBytes[] | undefined> {
  if ('kept' in source) return filesOfRun(source.kept);
  return 'at' in source ? fetchRun(source.at) : pickedRun(source);
}

interface FoundRun extends ReadModel {
  readonly config?: SavedRun['config'];
  readonly known?: SavedRun['data'];
  readonly history: RunSummary['history'];
  readonly reason: RunSummary['reason'];
}

async function wholeRun(files: readonly NamedBytes[]): Promise<FoundRun> {
  const store = createMemoryRunStore();
  await importRun(store, NAME, files);
  const { config, spec, weights, epoch, data } = await readSavedRun(store.files(NAME));
  const { history, reason } = await readSummary(store.files(NAME));
  return { config, spec, weights, epoch, history, reason, known: data, objective: config.objective };
}

const modelAlone = (files: readonly NamedBytes[]): FoundRun => ({
  ...readModel(files),
  ...{ history: [], reason: 'completed' },
});

/** Images of the run that lie beside it, or that can be had without asking anybody; else none. */
async function imagesOf(
  { spec, config }: FoundRun,
  files: readonly NamedBytes[],
): Promise<{ data: ReadImages; notes: readonly string[] }> {
  const beside = readShownImages(spec, files);
  if (beside) return { data: beside, notes: [] };
  const none = { data: { images: new Uint8Array(0), count: 0, learnedFrom: false, title: 'no images' } };
  const words = 'its images are not here: the map shows what its decoder makes, without dots';
  if (!config) return { ...none, notes: [`This is a model alone, and ${words}.`] };
  const { dataDir: _, ...dataset } = config.dataset;
  if (dataset.name === 'arrays') {
    const things = tableColumnsOf(spec) ? 'rows' : 'images';
    return {
      ...none,
      notes: [
        `The ${things} that it learned from are not here: the map shows what its decoder makes, without dots.`,
      ],
    };
  }
  // To draw two thousand digits takes longer than all else of opening a run.
  const known = await recallImages(dataset);
  if (known) {
    checkSize(spec, known.set.shape);
    return { data: lookedAt(known), notes: [] };
  }
  try {
    const fetch = () => Promise.reject(new Error('not asked for'));
    const {
      validation,
      classNames,
      learnsFromJudges: learnedFrom = false,
    } = await loadNamedDataset(dataset, {
      fetch,
      judgesOnly: true,
    });
    checkSize(spec, validation.shape);
    const of = `validation images of ${dataset.name}`;
    return { data: lookedAt({ set: validation, of, classNames, learnedFrom }), notes: [] };
  } catch (error) {
    if ((error as LatentkitError).code !== 'E_NETWORK') throw error;
    return {
      ...none,
      notes: [
        `The run was made with ${dataset.name}, and ${words}. Train with ${dataset.name} once to have them.`,
      ],
    };
  }
}

const countOf = (weights: NamedArrays) =>
  Object.values(weights).reduce((sum, { data }) => sum + data.length, 0);

/** Whether a file is one that a run is looked at by, or reported of. */
const isShown = (name: string) => REPORT_FILES.some((own) => `/${name}`.endsWith(`/${own}`));

/** Files that were picked, where they are a run or a model: known by what is in them, as far as that can be. */
async function pickedRun(
  { files }: PickedRun,
  isWanted: (name: string) => boolean = isShown,
): Promise<NamedBytes[] | undefined> {
  const [only] = files;
  if (files.length === 1 && only?.file && only.file.size <= MOST_ZIP_BYTES) {
    const bytes = new Uint8Array(await only.file.arrayBuffer());
    if (recognizeFile(bytes).type === 'zip') return zippedRun({ name: only.name, bytes }, isWanted);
  }
  const names = files.map(({ name }) => name);
  const isForeign = mayBeForeign(names);
  if (!isForeign && !names.some(isModelFile)) return undefined;
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new LatentkitError('E_USAGE', `there are two files ${twice}, and which is which is not known`, {
      fix: 'Choose the folder that they lie in, or a ZIP of it',
    });
  }
  const read = await Promise.all(
    files
      .filter(({ name }) => isForeign || isModelFile(name) || isWanted(name))
      .map(async ({ name, file, whyNot = 'the browser gave no file' }) => {
        if (!file) throw new LatentkitError('E_IO', `${name} cannot be read: ${whyNot}`);
        return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
      }),
  );
  return isForeign ? foreignOr(read) : read;
}

/** Weights of nobody else are our own, without the model that they are of: what is missing is told of them. */
async function foreignOr(files: NamedBytes[]): Promise<NamedBytes[]> {
  try {
    return await foreignRun(files);
  } catch (error) {
    if (files.every(({ name }) => name.endsWith('.safetensors'))) return files;
    throw error;
  }
}

async function zippedRun(
  { name: zip, bytes }: NamedBytes,
  isWanted: (name: string) => boolean,
): Promise<NamedBytes[] | undefined> {
  const entries = readZip(bytes);
  const names = entries.map(({ name }) => name);
  // Keras and PyTorch pack their files so.
  if (isPackedModel(names)) return foreignRun([{ name: zip, bytes }]);
  const isForeign = mayBeForeign(names);
  if (!isForeign && !names.some(isModelFile)) return undefined;
  const wanted = entries.filter(({ name }) => isForeign || isWanted(name));
  const read = await Promise.all(
    wanted.map(async (entry) => ({ name: entry.name, bytes: await entry.read() })),
  );
  return isForeign ? foreignOr(read) : read;
}

const isModelFile = (name: string) =>
  `/${name}`.endsWith(`/${RUN_FILES.model}`) || name.endsWith('.safetensors');

/** A run that lies beside the page. */
async function fetchRun(at: string): Promise<NamedBytes[]> {
  const found = await Promise.all(
    SHOWN_FILES.map(async (name) => {
      const bytes = await fetchFile(`${at.replace(/\/?$/, '/')}${name}`);
      return bytes ? [{ name, bytes }] : [];
    }),
  );
  const files = found.flat();
  if (files.length > 0) return files;
  throw new LatentkitError('E_NOT_FOUND', `there is no run at ${at}`, {
    fix: 'Look at the link, or drop its folder here',
  });
}

/** Undefined for one that is not there; some hosts answer with their own page then. */
async function fetchFile(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new LatentkitError('E_NETWORK', `${url} cannot be fetched: ${(cause as Error).message}`, { cause });
  }
  if (response.headers.get('content-type')?.startsWith('text/html')) return undefined;
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  if (response.status === 404) return undefined;
  throw new LatentkitError('E_NETWORK', `${url} answered ${response.status}`);
}
