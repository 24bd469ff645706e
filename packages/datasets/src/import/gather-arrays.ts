import { checkExamples, type Examples, type ImageSet, LatentkitError, sizeOfShape } from '@latentkit/core';
import { parseIdx, parseNpy } from '@latentkit/formats';
import type { ClassLabels } from '../class-labels.ts';
import { toLabels } from '../from-arrays.ts';
import type { SkippedFile } from './import-report.ts';
import { type ArrayOptions, type FileArray, pixelsOfArray } from './pixels-of-array.ts';
import { type Part, partOf } from './read-folders.ts';
import { readTable, type TableOptions } from './read-table.ts';
import { type FileRows, sourceOfRows } from './rows-of-file.ts';
import { type ImportLimits, type LeafFile, reasonOf, tell } from './unpack-files.ts';

const LABEL_WORDS = ['label', 'labels', 'y', 'target', 'targets', 'class', 'classes'];
const PIXEL_WORDS = ['x', 'images', 'image', 'imgs', 'img', 'pixels', 'data', 'features'];
const DTYPE = /'descr':\s*'[<>|=]?([a-z])/;

/** An array in memory, or one that stays in its file. */
type Pixels = FileArray | { readonly name: string; readonly rows: FileRows };

/** The parts of a dataset: `train` has all of it where its files name no parts. */
export type ImportedParts<Set extends Examples = ImageSet> = { train: Set } & Partial<
  Record<Exclude<Part, 'train'>, Set>
>;

/** What files say of a part. */
interface PartFiles {
  pixels?: Pixels;
  labels?: ClassLabels & { name: string };
}

/**
 * The sets of images that arrays and tables hold: which part, and whether pixels or classes, is told by words of their names
 * (`x_train.npy`, `t10k-labels-idx1-ubyte`) and their axes. Of several arrays that could be pixels, the one of a usual name is (`x`,
 * `images`, `arr_0`); the others are left out.
 *
 * @throws `E_FORMAT` for two arrays of one role, and for classes without images; `E_SHAPE` where they do not fit together.
 */
export async function gatherArrays(
  files: readonly LeafFile[],
  options: ArrayOptions & TableOptions & { limits: ImportLimits },
): Promise<{
  parts: ImportedParts<Examples>;
  classNames?: readonly string[];
  notes: readonly string[];
  skipped: readonly SkippedFile[];
}> {
  const notes: string[] = [];
  const skipped: SkippedFile[] = [];
  const found: FoundArray[] = [];
  const broken: { name: string; error: LatentkitError }[] = [];
  for (const { name, read } of files.flatMap((file) => entriesOf(file, options))) {
    try {
      found.push({ ...(await tell(name, read)), name, part: partOfName(name) });
    } catch (error) {
      if (!(error instanceof LatentkitError)) throw error;
      broken.push({ name, error });
    }
  }
  const roles = new Map<Part, PartFiles>();
  for (const part of new Set(found.map((one) => one.part))) {
    const own = found.filter((one) => one.part === part);
    const [pixels, labels] = (['pixels', 'labels'] as const).map((key) => choose(own, key, skipped));
    notes.push(...[pixels, labels].flatMap((one) => one?.notes ?? []));
    const classes = labels ?? (pixels?.labels && pixels);
    roles.set(part, {
      ...(pixels && { pixels: pixels.pixels! }),
      ...(classes && { labels: { ...classes.labels!, name: classes.name } }),
    });
  }
  const isKnown = found.some(({ name, pixels }) => pixels && isNamed(name, 'pixels'));
  for (const { name, error } of broken) {
    if (!isKnown || isNamed(name, 'pixels') || isNamed(name, 'labels')) throw error;
    skipped.push({ name, why: reasonOf(error.cause) }); // without the name
  }
  return { ...assemble(roles, options, notes), notes, skipped };
}

/** An array of a file, or a table with its classes. */
interface FoundArray {
  readonly name: string;
  readonly part: Part;
  readonly pixels?: Pixels;
  readonly labels?: ClassLabels;
  readonly notes: readonly string[];
}

/** The one of a role; by its name where several could be, and the others are left out. */
function choose(found: readonly FoundArray[], key: Role, skipped: SkippedFile[]): FoundArray | undefined {
  const possible = found.filter((one) => (key === 'labels' ? one.labels && !one.pixels : one.pixels));
  if (possible.length < 2) return possible[0];
  const named = possible.filter(({ name }) => isNamed(name, key));
  const [chosen, other] = named.length > 0 ? named : possible;
  if (other && named.length !== 1) throw twice(key, chosen!.name, other.name);
  for (const { name } of possible) {
    if (name !== chosen!.name) skipped.push({ name, why: `an array beside ${chosen!.name}` });
  }
  return chosen;
}

type Role = 'pixels' | 'labels';

/** Whether an array's name is a usual one of pixels. */
export function hasPixelsByName(name: string): boolean {
  return isNamed(name, 'pixels');
}

/** Whether a name is a usual one of pixels, or of classes. */
function isNamed(name: string, role: Role): boolean {
  const own = name.split('/').at(-1)!;
  const known = role === 'pixels' ? PIXEL_WORDS : LABEL_WORDS;
  return wordsOf(own).some((word) => known.includes(word)) || (role === 'pixels' && /^arr_0\b/.test(own));
}

/** What its own name says, or else that of the folder or archive that it is in. */
export function partOfName(name: string): Part {
  const words = name.split('/').slice(-2).reverse().flatMap(wordsOf);
  return words.map(partOf).find((part) => part !== undefined) ?? 'train';
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/);
}

function twice(key: 'pixels' | 'labels', one: string, other: string): LatentkitError {
  const what = key === 'pixels' ? 'images' : 'classes';
  return new LatentkitError('E_FORMAT', `importFiles: ${one} and ${other} are both ${what} of one part`, {
    fix: 'Take one of them, or call them x_train, y_train, x_test and y_test.',
  });
}

/** The arrays of a file, each to be read in its turn. */
function entriesOf(
  file: LeafFile,
  options: TableOptions & { limits: ImportLimits },
): { name: string; read: () => Omit<FoundArray, 'name' | 'part'> }[] {
  const { name, bytes, kind, arrays, rows, table } = file;
  if (rows) return [{ name, read: () => ({ pixels: { name, rows }, notes: [] }) }];
  if (table) return [{ name, read: () => table }];
  const most = { maxElements: options.limits.numbers };
  if (kind.type === 'table' || kind.type === 'text') {
    return [{ name, read: () => readTable(name, bytes, { ...options, ...most }) }];
  }
  if (arrays) return arrays.map((array) => ({ name: array.name, read: () => roleOf(array) }));
  const read = () => {
    const isIdx = kind.type === 'idx';
    const array = inMemory(options.limits, () => (isIdx ? parseIdx(bytes, most) : parseNpy(bytes, most)));
    return roleOf({ name, ...array, stored: isIdx ? 'int' : storedAs(bytes) });
  };
  return [{ name, read }];
}

/** What is too large for memory is told with where it need not go through it. */
function inMemory<Value>({ numbers }: ImportLimits, parse: () => Value): Value {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof LatentkitError) || cause.code !== 'E_LIMIT') throw cause;
    throw new LatentkitError(
      'E_LIMIT',
      `it has more numbers than the ${numbers} that are read into memory (limits.numbers)`,
      {
        fix: 'Images as an array of bytes (.npy, uint8) are packed piece by piece, and trained from without memory: packFiles, latentkit pack',
        cause,
      },
    );
  }
}

function roleOf(array: FileArray): Omit<FoundArray, 'name' | 'part'> {
  const { name, shape, data } = array;
  if (shape.length !== 1 && !(isNamed(name, 'labels') && sizeOfShape(shape.slice(1)) === 1)) {
    return { pixels: array, notes: [] };
  }
  const bad = data.findIndex((label) => !Number.isInteger(label) || label < 0);
  if (bad < 0) return { labels: { labels: Int32Array.from(data) }, notes: [] };
  throw new LatentkitError(
    'E_RANGE',
    `expected images, or classes as whole numbers from 0, got ${data[bad]} at index ${bad} of an array of the shape [${shape.join(', ')}]`,
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
): { parts: ImportedParts<Examples>; classNames?: readonly string[] } {
  const [only, ...others] = roles.keys();
  const main: Part = roles.has('train') || others.length > 0 ? 'train' : only!; // one alone is all there is
  const names = [...new Set([...roles.values()].flatMap(({ labels }) => labels?.names ?? []))].sort();
  const parts: Partial<Record<Part, Examples>> = {};
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
    const { set, notes: told } =
      'rows' in pixels ? sourceOfRows(pixels.name, pixels.rows, options) : pixelsOfArray(pixels, options);
    notes.push(...told);
    if ('images' in set) checkExamples(pixels.name, set, { anyData: true });
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
