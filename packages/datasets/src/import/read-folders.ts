/** What part of a dataset an example is, where its place says so. */
export type Part = 'train' | 'validation' | 'test';

/** Where a file lies. */
export interface FilePlace {
  readonly part?: Part;
  /** Below the folder that all have in common, and that of its part; missing where it lies right there. */
  readonly folder?: string;
}

/** What folders, and words of arrays' names, are called that hold a part of the data. */
const PART_NAMES: ReadonlyMap<string, Part> = new Map([
  ...['train', 'training'].map((name) => [name, 'train'] as const),
  ...['val', 'valid', 'validation', 'dev'].map((name) => [name, 'validation'] as const),
  ...['test', 'testing', 't10k'].map((name) => [name, 'test'] as const),
]);

/** The part that a word names. */
export function partOf(word: string): Part | undefined {
  return PART_NAMES.get(word.toLowerCase());
}

/**
 * What the folders of files say: folders that all files share say nothing; where what is left begins with the names of parts, a
 * `train` among others, that is the part; the next folder is the class.
 *
 * @example
 * readFolders(['pets/train/cat/1.png', 'pets/test/dog/2.png']); // [{ part: 'train', folder: 'cat' }, { part: 'test', folder: 'dog' }]
 */
export function readFolders(names: readonly string[]): FilePlace[] {
  const paths = withoutShared(names.map((name) => name.split('/').slice(0, -1)));
  const parts = paths.map(([first]) => (first === undefined ? undefined : partOf(first)));
  const areParts = parts.includes('train') && new Set(parts).size > 1 && !parts.includes(undefined);
  if (!areParts) return paths.map(([folder]) => (folder === undefined ? {} : { folder }));
  return withoutShared(paths.map((path) => path.slice(1))).map(([folder], i) => ({
    part: parts[i],
    ...(folder !== undefined && { folder }),
  }));
}

function withoutShared(paths: readonly string[][]): string[][] {
  const [first = []] = paths;
  let shared = first.length;
  for (const path of paths) {
    let same = 0;
    while (same < shared && path[same] === first[same]) same++;
    shared = same;
  }
  return paths.map((path) => path.slice(shared));
}
