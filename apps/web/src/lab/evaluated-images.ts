import { type Examples, LatentkitError } from '@latentkit/core';
import { wordingFor } from '@latentkit/evaluation';
import {
  FILE_HEAD_BYTES,
  findRunPart,
  importNotes,
  isArrayHead,
  loadNamedDataset,
  looksForModel,
} from '@latentkit/experiment';
import type { PickedFile } from '../data/dropped-files.ts';
import { importOwnFiles } from '../data/load-own-files.ts';
import { isDownloaded } from './downloads.ts';
import type { LookData } from './messages.ts';

/** Images that a model is judged by. */
export interface JudgedImages {
  readonly set: Examples;
  readonly labels?: ArrayLike<number> | undefined;
  readonly classNames?: readonly string[] | undefined;
  /** Which: 'test images of mnist'. */
  readonly title: string;
  /** What reading them has to tell. */
  readonly notes?: readonly string[];
}

export interface OwnImages extends JudgedImages {
  /** Ordinary ones, that thresholds are of. */
  readonly clean: JudgedImages;
  /** Whether these are all images that the command line would look at. */
  readonly isWhole: boolean;
  /** Whether the model learned from them; absent where the run says. */
  readonly learnedFrom?: boolean;
}

/**
 * The images that a run is judged by, as `latentkit evaluate` takes them: of a dataset that is drawn, all of its test images, or of its
 * validation images where there are no others; of one that is downloaded, and of a person's own, those that the map is of.
 */
export async function ownImages(of: LookData): Promise<OwnImages> {
  const { config, spec, images, labels, classNames, count, title } = of;
  if (config && config.dataset.name !== 'arrays' && !isDownloaded(config.dataset)) {
    const { dataDir: _, ...cut } = config.dataset;
    const { limit, ...whole } = cut;
    const all = await loadNamedDataset(whole, { judgesOnly: true });
    const { validation } = limit === undefined ? all : await loadNamedDataset(cut, { judgesOnly: true });
    const part = all.test ? 'test' : 'validation';
    const set = all[part]!;
    const titleOf = (one: 'test' | 'validation') => `${one} images of ${config.dataset.name}`;
    return {
      ...{ set, labels: set.labels, classNames: all.classNames, title: titleOf(part), isWhole: true },
      clean: { set: validation, labels: validation.labels, title: titleOf('validation') },
    };
  }
  const set = { shape: spec.image, images, count, ...(labels && { labels }) } as Examples;
  const judged = { set, labels, classNames, title };
  return { ...judged, clean: judged, isWhole: false };
}

/** A person's files, as they are read for a model. */
async function readForeign(
  files: readonly PickedFile[],
  { config, spec }: Pick<LookData, 'config' | 'spec'>,
) {
  const [only, ...others] = files;
  const name = only?.name.split('/')[0] ?? 'files';
  const file = others.length === 0 ? only?.file : undefined;
  const isArray = file !== undefined && isArrayHead(await bytesOf(file, 0, FILE_HEAD_BYTES));
  const looks = looksForModel({ config: config ?? { dataset: { name: 'arrays' } }, spec }, { isArray });
  const { parts, classNames, report } = await importOwnFiles(files, looks);
  const inTurn = [parts.test, parts.validation, parts.train].flatMap((part) => part ?? []);
  const [set] = inTurn as [Examples]; // that of a file without parts is one to learn from
  const notes = importNotes(report, name);
  return {
    inTurn,
    name,
    judged: { set, labels: set.labels, classNames, title: `images of ${name}`, notes } satisfies JudgedImages,
  };
}

/**
 * Images of a person's files for a model, as `latentkit anomalies` reads the same ones.
 *
 * @throws as `importSets`.
 */
export async function foreignImages(
  files: readonly PickedFile[],
  of: Pick<LookData, 'config' | 'spec'>,
): Promise<JudgedImages> {
  return (await readForeign(files, of)).judged;
}

/**
 * A person's files in the place of images that are not there: what the model is judged by, and what is ordinary. Of the files that the run
 * was made with they are those that it was judged by, as `latentkit evaluate RUN --data FILE` takes them.
 *
 * @throws `E_USAGE` without files, with what to do; as `importSets`.
 */
export async function foreignAsOwn(
  of: LookData,
  files: readonly PickedFile[] | undefined,
): Promise<OwnImages> {
  const say = wordingFor(of.spec);
  if (!files) {
    throw new LatentkitError('E_USAGE', say('the images that this network was judged by are not here'), {
      fix: say(
        'Choose images of its kind, or drop them here: it is judged by those. In a terminal, "latentkit ui RUN --out FOLDER" makes a page that brings them along',
      ),
    });
  }
  const { inTurn, name, judged: all } = await readForeign(files, of);
  const { known, config } = of;
  if (!known || !config) return { ...all, clean: all, isWhole: false };
  for (const whole of inTurn) {
    const found = await findRunPart(whole, known, { labels: whole.labels, config: config.dataset });
    if (!found) continue;
    const { set, part, name: which } = found;
    const judged = { ...all, set, labels: set.labels, title: `${which} of ${name}` };
    return { ...judged, clean: judged, isWhole: false, learnedFrom: part === 'train' };
  }
  const notes = [
    ...all.notes,
    `${name} holds other ${say('images')} than the run was made with: all are looked at.`,
  ];
  return { ...all, notes, clean: all, isWhole: false };
}

const bytesOf = async (file: File, from: number, to: number) =>
  new Uint8Array(await file.slice(from, to).arrayBuffer());
