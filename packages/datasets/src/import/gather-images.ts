import type { Examples } from '@latentkit/core';
import { toLabels } from '../from-arrays.ts';
import { takeImages } from '../take-images.ts';
import type { ImportedParts } from './gather-arrays.ts';
import type { StoredImages } from './image-store.ts';
import type { SkippedFile } from './import-report.ts';
import { type Part, readFolders } from './read-folders.ts';
import type { Metadata } from './read-metadata.ts';

const SHOWN_CLASSES = 4;

/**
 * Images in their parts, with the classes that tables beside them say, or else that their folders are; no classes where all lie in one folder, or most in none.
 * Beside folders of classes, an image that lies in none of them is left out.
 */
export function gatherImages(
  { names, set: whole, notes: told }: StoredImages,
  labels: 'folders' | 'none',
  { classes: said, notes: heard }: Metadata = { notes: [] },
): {
  parts: ImportedParts<Examples>;
  classNames?: readonly string[];
  notes: readonly string[];
  skipped: readonly SkippedFile[];
} {
  const byTable = labels === 'folders' ? said : undefined;
  const places = readFolders(names).map(({ part, folder: own }, i) => {
    const folder = byTable ? byTable.get(names[i]!) || undefined : own;
    return { part, ...(folder !== undefined && { folder }) };
  });
  const folders = [...new Set(places.flatMap(({ folder }) => folder ?? []))].sort();
  const strays = places.flatMap(({ folder }, i) => (folder === undefined ? [names[i]!] : []));
  const areClasses =
    labels === 'folders' && folders.length > 1 && (byTable || 2 * strays.length < places.length);
  const notes = [...told, ...(byTable ? heard : [])];
  if (labels === 'folders' && !byTable && !areClasses && folders.length > 0) {
    notes.push(
      folders.length === 1
        ? `all folders of images are called ${folders[0]}, which is read as no class`
        : `${strays.length} of the ${places.length} images lie in no folder, so that folders are read as no classes`,
    );
  }
  const members = new Map<Part, number[]>();
  for (const [i, { part = 'train', folder }] of places.entries()) {
    if (areClasses && folder === undefined) continue;
    const list = members.get(part);
    if (list) list.push(i);
    else members.set(part, [i]);
  }
  const classes = new Map(folders.map((folder, i) => [folder, i]));
  const setOf = (indices: readonly number[]): Examples => ({
    ...(indices.length === names.length ? whole : takeImages(whole, indices)),
    ...(areClasses && {
      labels: toLabels(
        indices.map((i) => classes.get(places[i]!.folder!)!),
        { count: indices.length },
      ),
    }),
  });
  const parts = Object.fromEntries([...members].map(([part, indices]) => [part, setOf(indices)]));
  const shown = folders.slice(0, SHOWN_CLASSES).join(', ') + (folders.length > SHOWN_CLASSES ? ', ...' : '');
  return {
    parts: parts as ImportedParts<Examples>, // where folders name parts, train is one of them
    notes,
    ...(areClasses && { classNames: folders }),
    skipped: areClasses
      ? strays.map((name) => ({
          name,
          why: byTable
            ? 'the metadata beside it has no class for it'
            : `it lies in none of the folders of the classes (${shown})`,
        }))
      : [],
  };
}
