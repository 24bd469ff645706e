import { checkExamples, type ImageSet, LatentkitError, sizeOfShape } from '@latentkit/core';
import { parseIdx, parseNpy } from '@latentkit/formats';
import type { ClassLabels } from '../class-labels.ts';
import { toLabels } from '../from-arrays.ts';
import { type ArrayOptions, type FileArray, pixelsOfArray } from './pixels-of-array.ts';
import { type Part, partOf } from './read-folders.ts';
import { readTable, type TableOptions } from './read-table.ts';
import { type ImportLimits, type LeafFile, tell } from './unpack-files.ts';

const LABEL_WORDS = ['label', 'labels', 'y', 'target', 'targets', 'class', 'classes'];
const DTYPE = /'descr':\s*'[<>|=]?([a-z])/;

/** The parts of a dataset: `train` has all of it where its files name no parts. */
export type ImportedParts = { train: ImageSet } & Partial<Record<Exclude<Part, 'train'>, ImageSet>>;

/** What files say of a part. */
interface PartFiles {
  pixels?: FileArray;
  labels?: ClassLabels & { name: string };
}

/**
 * The sets of images that arrays and tables hold: which part, and whether pixels or classes, is told by words of their names
 * (`x_train.npy`, `t10k-labels-idx1-ubyte`) and their axes.
 *
 * @throws `E_FORMAT` for two arrays of one role, and for classes without images; `E_SHAPE` where they do not fit together.
 */
export async function gatherArrays(
  files: readonly LeafFile[],
  options: ArrayOptions & TableOptions & { limits: ImportLimits },
): Promise<{ parts: ImportedParts; classNames?: readonly string[]; notes: readonly string[] }> {
  const roles = new Map<Part, PartFiles>();
  const notes: string[] = [];
  for (const file of files) {
    const role = roleOf(roles, partOfName(file.name));
    const found = await tell(file.name, () => readFile(file, options));
    notes.push(...found.notes);
    for (const key of ['pixels', 'labels'] as const) {
      const value = found[key];
      if (!value) continue;
      const other = role[key];
      if (other) throw twice(key, other.name, file.name);
      Object.assign(role, { [key]: key === 'labels' ? { ...value, name: file.name } : value });
    }
  }
  return { ...assemble(roles, options, notes), notes };
}

/** What its own name says, or else that of the folder or archive that it is in. */
function partOfName(name: string): Part {
  const words = name.split('/').slice(-2).reverse().flatMap(wordsOf);
  return words.map(partOf).find((part) => part !== undefined) ?? 'train';
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

function roleOf(roles: Map<Part, PartFiles>, part: Part): PartFiles {
  const role = roles.get(part) ?? {};
  roles.set(part, role);
  return role;
}

function twice(key: 'pixels' | 'labels', one: string, other: string): LatentkitError {
  const what = key === 'pixels' ? 'images' : 'classes';
  return new LatentkitError('E_FORMAT', `importFiles: ${one} and ${other} are both ${what} of one part`, {
    fix: 'Take one of them, or call them x_train, y_train, x_test and y_test.',
  });
}

function readFile(
  { name, bytes, kind }: LeafFile,
  options: TableOptions & { limits: ImportLimits },
): { pixels?: FileArray; labels?: ClassLabels; notes: readonly string[] } {
  if (kind.type === 'table')
    return readTable(name, bytes, { ...options, maxElements: options.limits.numbers });
  const most = { maxElements: options.limits.numbers };
  const isIdx = kind.type === 'idx';
  const array = {
    name,
    ...(isIdx ? parseIdx(bytes, most) : parseNpy(bytes, most)),
    stored: isIdx ? ('int' as const) : storedAs(bytes),
  };
  const isNamedLabels = wordsOf(name.split('/').at(-1)!).some((word) => LABEL_WORDS.includes(word));
  if (array.shape.length !== 1 && !(isNamedLabels && sizeOfShape(array.shape.slice(1)) === 1)) {
    return { pixels: array, notes: [] };
  }
  const bad = array.data.findIndex((label) => !Number.isInteger(label) || label < 0);
  if (bad < 0) return { labels: { labels: Int32Array.from(array.data) }, notes: [] };
  throw new LatentkitError(
    'E_RANGE',
    `expected images, or classes as whole numbers from 0, got ${array.data[bad]} at index ${bad} of an array of the shape [${array.shape.join(', ')}]`,
  );
}

/** What the header of an `.npy` file says of its numbers: the reader widens 64-bit ones to floats. */
function storedAs(bytes: Uint8Array): FileArray['stored'] {
  const [, letter = 'f'] = String.fromCharCode(...bytes.subarray(0, 256)).match(DTYPE) ?? [];
  return letter === 'b' ? 'bool' : 'iu'.includes(letter) ? 'int' : 'float';
}

function assemble(
  roles: Map<Part, PartFiles>,
  options: ArrayOptions,
  notes: string[],
): { parts: ImportedParts; classNames?: readonly string[] } {
  const [only, ...others] = roles.keys();
  const main: Part = roles.has('train') || others.length > 0 ? 'train' : only!; // one alone is all there is
  const names = [...new Set([...roles.values()].flatMap(({ labels }) => labels?.names ?? []))].sort();
  const parts: Partial<Record<Part, ImageSet>> = {};
  for (const [part, { pixels, labels }] of roles) {
    if (!pixels) {
      throw new LatentkitError(
        'E_FORMAT',
        `importFiles: ${labels!.name} has classes, and there are no images of them`,
        {
          fix: 'Give the file of the images, too.',
        },
      );
    }
    const { set, notes: told } = pixelsOfArray(pixels, options);
    notes.push(...told);
    checkExamples(pixels.name, set, { anyData: true });
    const numbers = labels && (names.length > 0 ? renumber(labels, names) : labels.labels);
    const rules = {
      count: set.count,
      where: labels?.name,
      ...(names.length > 0 && { classes: names.length }),
    };
    parts[part === main ? 'train' : part] = { ...set, ...(numbers && { labels: toLabels(numbers, rules) }) };
  }
  const { train, ...rest } = parts;
  if (!train) {
    throw new LatentkitError(
      'E_FORMAT',
      `importFiles: there are parts to judge by (${[...roles.keys()].join(', ')}), and none to learn from`,
      {
        fix: "Put a part called 'train' beside them.",
      },
    );
  }
  return { parts: { train, ...rest }, ...(names.length > 0 && { classNames: names }) };
}

/** Classes of one file's names, as the names of all files number them. */
function renumber({ labels, names }: ClassLabels, all: readonly string[]): Int32Array {
  const places = (names ?? []).map((name) => all.indexOf(name));
  return labels.map((label) => places[label] ?? -1);
}
