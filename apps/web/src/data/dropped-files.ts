import { nextTurn } from '@latentkit/core';

/** A file that a person picked or dropped; it is read where it is imported. */
export interface PickedFile {
  /** Its path from the folder on that was dropped, with slashes. */
  readonly name: string;
  readonly file?: File;
  /** Why there is no file, where the browser gave none: told with what else is left out. */
  readonly whyNot?: string;
}

/** One more than an import takes, which says so then: a whole disk is not walked. */
const MOST_FILES = 100_001;
const AT_ONCE = 8;

/**
 * The files of a drop, of all folders in it, or of a file field.
 *
 * A drop's list is gone once its event is over: call this within it, before anything is awaited.
 */
export function filesFrom(source: DataTransfer | Iterable<File>): Promise<PickedFile[]> {
  return 'items' in source
    ? ofDrop(source as DataTransfer)
    : Promise.resolve(Array.from(source as Iterable<File>, ofFile));
}

function ofFile(file: File): PickedFile {
  return { name: file.webkitRelativePath || file.name, file };
}

async function ofDrop({ items }: DataTransfer): Promise<PickedFile[]> {
  const entries = Array.from(items, (item) => {
    if (item.kind !== 'file') return undefined; // a link or a text
    const file = item.getAsFile();
    // To ask for an entry takes a third of a millisecond, all within the event: not of thousands that are told to be files by their kind.
    // (Of 10,000 loose files Chromium holds the page up before any listener runs, for 2 s when they enter it and for 3 when they are
    // dropped, even if nothing is asked of them; asking for entries would add 3 s, for handles 2. A folder of as many is one item.)
    if (file?.type) return ofFile(file);
    return item.webkitGetAsEntry() ?? (file && ofFile(file));
  });
  const picked: PickedFile[] = [];
  for (const entry of entries) {
    if (!entry) continue;
    if ('isFile' in entry) await walk(entry, picked);
    else picked.push(entry);
  }
  return picked;
}

/** Adds an entry's file, or those of a folder and the folders in it; hidden folders are no data. */
async function walk(entry: FileSystemEntry, picked: PickedFile[]): Promise<void> {
  if (picked.length >= MOST_FILES) return;
  const name = entry.fullPath.replace(/^\/+/, '');
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      picked.push({ name, file });
    } else if (!entry.name.startsWith('.')) await walkFolder(entry as FileSystemDirectoryEntry, picked);
  } catch (error) {
    picked.push({ name, whyNot: (error as Error).message });
  }
}

/** A reader gives a hundred entries at a time, and none at its end. Some are asked for together, as each takes its time; all would hold the page. */
async function walkFolder(folder: FileSystemDirectoryEntry, picked: PickedFile[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0 || picked.length >= MOST_FILES) return;
    for (let i = 0; i < entries.length; i += AT_ONCE) {
      await Promise.all(entries.slice(i, i + AT_ONCE).map((entry) => walk(entry, picked)));
      await nextTurn(); // the page draws meanwhile
    }
  }
}
