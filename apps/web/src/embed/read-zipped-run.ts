import { LatentkitError, nextTurn } from '@latentkit/core';
import { FIRST_VALIDATION_DIGIT, generateDigits } from '@latentkit/datasets';
import { type NamedBytes, RUN_FILES, SHOWN_FILES } from '@latentkit/experiment/store';
import { parseJson, readZip, type ZipFile } from '@latentkit/formats';
import {
  fileOf,
  lookedAt,
  type ReadImages,
  type ReadModel,
  readModel,
  readShownImages,
  requireModel,
} from '../lab/read-model.ts';

/** What a map is made of. */
export interface ZippedRun extends ReadModel {
  readonly images: ReadImages;
}

const NO_IMAGES: ReadImages = { images: new Uint8Array(0), count: 0, learnedFrom: false, title: 'no images' };
/** Those of the set of that name; drawn so many at once, a few milliseconds, so that the page goes on. */
const [DIGITS, AT_ONCE] = [2000, 50];

/**
 * Reads a run from a ZIP: of its folder, with its images or without. Those of `digits` are drawn anew where they are not in it.
 *
 * @throws `E_FORMAT` for what is no ZIP, a damaged one, or one of several runs; `E_NOT_FOUND` for one without a model; `E_CONFIG`,
 * `E_SHAPE` for a model, or images, that cannot be; `E_USAGE` for one of a table; the signal's reason.
 */
export async function readZippedRun(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
): Promise<ZippedRun> {
  const files = await unpack(bytes, name);
  signal.throwIfAborted();
  requireModel(files);
  const model = readModel(files);
  if (model.spec.likelihood.type === 'columns') {
    throw new LatentkitError('E_USAGE', `${name} is a run of a table, and the map shows pictures`, {
      fix: 'Open it in the lab',
    });
  }
  const images = readShownImages(model.spec, files) ?? (await drawnImages(model, files, signal));
  return { ...model, images };
}

async function unpack(bytes: Uint8Array, name: string): Promise<NamedBytes[]> {
  let entries: readonly ZipFile[];
  try {
    entries = readZip(bytes);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${name} is no ZIP, or a damaged one`, { cause });
  }
  const wanted = entries.filter((entry) => SHOWN_FILES.some((own) => `/${entry.name}`.endsWith(`/${own}`)));
  const models = wanted.filter((entry) => `/${entry.name}`.endsWith(`/${RUN_FILES.model}`)).length;
  if (models > 1) {
    throw new LatentkitError('E_FORMAT', `${name} holds ${models} models, expected one run`);
  }
  return Promise.all(wanted.map(async (entry) => ({ name: entry.name, bytes: await entry.read() })));
}

/** Images that need no file: the digits that code has drawn, as many as the run was judged by. */
async function drawnImages(
  { spec }: ReadModel,
  files: readonly NamedBytes[],
  signal: AbortSignal,
): Promise<ReadImages> {
  const bytes = fileOf(files, RUN_FILES.config);
  const config = bytes && (parseJson(bytes, RUN_FILES.config) as { dataset?: { name?: unknown } } | null);
  if (config?.dataset?.name !== 'digits') return NO_IMAGES;
  const { shape } = generateDigits({ count: 0 });
  const images = new Uint8Array(DIGITS * shape.height * shape.width);
  const labels = new Uint8Array(DIGITS);
  for (let i = 0; i < DIGITS; i += AT_ONCE) {
    const drawn = generateDigits({ count: AT_ONCE, firstIndex: FIRST_VALIDATION_DIGIT + i });
    images.set(drawn.images, i * shape.height * shape.width);
    labels.set(drawn.labels, i);
    await nextTurn();
    signal.throwIfAborted();
  }
  const { height, width, channels } = spec.image;
  if (height !== shape.height || width !== shape.width || channels !== shape.channels) return NO_IMAGES; // of a recipe that scales them
  const set = { shape, images, labels, count: DIGITS };
  return lookedAt({ set, of: 'validation images of digits', learnedFrom: false });
}
