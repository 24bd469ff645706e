import { type Dataset, type ImageSet, LatentkitError, nodeThreads, sizeOfShape } from '@latentkit/core';
import {
  checkOptions,
  checkValue,
  functionRule,
  having,
  listRule,
  type OptionRules,
  signalRule,
} from '@latentkit/core/options';
import { type DownloadFileOptions, downloadFile } from '../download/download-file.ts';
import type { DownloadProgress } from '../download/fetch-resuming.ts';
import type { FileCache } from '../download/file-cache.ts';
import type { FileSource } from '../download/file-source.ts';
import { memoryCache } from '../download/memory-cache.ts';
import { type Wait, waitFor } from '../download/patient-fetch.ts';
import type { IdxDatasetSpec, IdxFileSpec } from './idx-dataset-spec.ts';
import { readIdxSource } from './read-idx-source.ts';
import { unpackIdxFile } from './unpack-idx-file.ts';

const GZIP_ROOM = 65_536; // gzip may make bytes a little longer, never much

export interface LoadOptions {
  fetch?: typeof globalThis.fetch;
  /** Where downloads are kept; in Node, `diskCache()` of `@latentkit/datasets/node`. */
  cache?: FileCache;
  /** Reads files that are already there, and downloads nothing; in Node, `dataDirectory(dir)`. */
  dataDir?: FileSource;
  /** Other addresses to download from; a page can from those alone that let it (CORS). */
  mirrors?: readonly string[];
  /** Gives a mirror up when nothing comes from it for so long: 30 by default. */
  idleSeconds?: number;
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
  /** How time passes, where it is not to be the clock's. */
  wait?: Wait;
}

const specRule = having(
  'the spec of a dataset',
  { name: 'string', mirrors: 'object', files: 'object' },
  'MNIST is one',
);
const RULES: OptionRules<LoadOptions> = {
  fetch: functionRule,
  cache: having(
    'a cache',
    { read: 'function', write: 'function' },
    'In Node, diskCache() of @latentkit/datasets/node is one',
  ),
  dataDir: having(
    'a place of files',
    { read: 'function' },
    'In Node, dataDirectory(folder) of @latentkit/datasets/node is one',
  ),
  mirrors: listRule,
  idleSeconds: { be: 'be above 0', code: 'E_RANGE', fits: (value) => typeof value === 'number' && value > 0 },
  onProgress: functionRule,
  signal: signalRule,
  wait: functionRule,
};

/**
 * Loads a dataset of four IDX files: from a folder, else from the cache, else from the first mirror that works. Its test images
 * are `test`, and `validation` too: {@link holdOut} takes training images to choose the epoch by in their place.
 *
 * A cached or downloaded file must have the published checksum; a cached one that has not is removed and downloaded anew.
 *
 * A page asks the mirrors that let pages read their files (`pageMirrors`), other programs all of them.
 *
 * A mirror that fails is asked last for the files that follow; one that is busy (503) is asked again after 1, 2 and 4 seconds.
 *
 * @throws `E_NETWORK` when every mirror failed, naming each; `E_RANGE` unless `idleSeconds` is above 0; `E_NOT_FOUND`, `E_CHECKSUM`, `E_FORMAT` or `E_LIMIT` for
 * missing or wrong files in `dataDir`, naming them; `E_IO` when the disk refuses.
 * @example
 * import { diskCache } from '@latentkit/datasets/node';
 * const { train, validation } = await loadIdxDataset(MNIST, { cache: diskCache() });
 */
export async function loadIdxDataset(spec: IdxDatasetSpec, given: LoadOptions = {}): Promise<Dataset> {
  checkValue('loadIdxDataset', 'spec', spec, specRule);
  checkOptions(spec.name, given, RULES);
  const {
    fetch = globalThis.fetch,
    cache = memoryCache(),
    dataDir,
    mirrors = mirrorsOf(spec),
    idleSeconds = 30,
    wait = waitFor,
    onProgress,
    signal,
  } = given;
  const options = {
    fetch,
    cache,
    mirrors: [...mirrors],
    idleSeconds,
    wait,
    onProgress,
    signal,
    inPage: inPage(),
  };
  const { files } = spec;
  const data = dataDir
    ? await readIdxSource(spec, dataDir)
    : {
        trainImages: await loadFile(spec, files.trainImages, options),
        trainLabels: await loadFile(spec, files.trainLabels, options),
        testImages: await loadFile(spec, files.testImages, options),
        testLabels: await loadFile(spec, files.testLabels, options),
      };
  const test = toImageSet(spec, files.testImages.shape, data.testImages, data.testLabels);
  return {
    name: spec.name,
    train: toImageSet(spec, files.trainImages.shape, data.trainImages, data.trainLabels),
    ...{ validation: test, test },
    classNames: spec.classNames,
  };
}

const inPage = () => nodeThreads() === undefined;

function mirrorsOf({ mirrors, pageMirrors }: IdxDatasetSpec): readonly string[] {
  if (!pageMirrors) return mirrors;
  return inPage() ? pageMirrors : [...new Set([...mirrors, ...pageMirrors])];
}

/** What to do where no mirror could be used. */
function otherWay({ name, files, mirrors: [first] }: IdxDatasetSpec): string {
  if (!inPage()) {
    return `Get the four files of ${name} another way and point --data-dir DIR (in a program dataDir) at them, or use --dataset digits (digitsDataset), which needs no download.`;
  }
  const names = Object.values(files).map((file) => `${file.name}.gz`);
  const from =
    first === undefined ? '' : `Download ${names.join(', ')} by hand (${first}${names[0]}, ...), and `;
  return `${from}drop the four files on the page (in a program, dataDir). Drawn digits (digitsDataset) need no download.`;
}

type FileOptions = Omit<DownloadFileOptions, 'name' | 'maxBytes' | 'fix'>;

async function loadFile(spec: IdxDatasetSpec, file: IdxFileSpec, options: FileOptions): Promise<Uint8Array> {
  const name = `${spec.name}/${file.name}.gz`;
  const verify = async (bytes: Uint8Array) => (await unpackIdxFile(file, bytes, { checkDigest: true })).data;
  options.signal?.throwIfAborted();
  const cached = await options.cache.read(name);
  if (cached !== undefined) {
    try {
      return await verify(cached);
    } catch (error) {
      if (!(error instanceof LatentkitError)) throw error;
      await options.cache.remove(name); // cut off or damaged: get it anew
    }
  }
  return downloadFile(`${file.name}.gz`, verify, {
    ...options,
    name,
    maxBytes: sizeOfShape(file.shape) + GZIP_ROOM,
    fix: otherWay(spec),
  });
}

function toImageSet(
  spec: IdxDatasetSpec,
  [count = 0, height = 0, width = 0]: readonly number[],
  images: Uint8Array,
  labels: Uint8Array,
): ImageSet {
  const bad = labels.findIndex((label) => label >= spec.classNames.length);
  if (bad >= 0) {
    throw new LatentkitError(
      'E_FORMAT',
      `${spec.name}: expected labels from 0 to ${spec.classNames.length - 1}, got ${labels[bad]} at index ${bad}`,
    );
  }
  return { shape: { height, width, channels: 1 }, count, images, labels };
}
