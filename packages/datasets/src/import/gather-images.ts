import type { ImageSet } from '@latentkit/core';
import { toLabels } from '../from-arrays.ts';
import { takeImages } from '../take-images.ts';
import type { ImportedParts } from './gather-arrays.ts';
import type { StoredImages } from './image-store.ts';
import type { SkippedFile } from './import-report.ts';
import { type Part, readFolders } from './read-folders.ts';

const SHOWN_CLASSES = 4;

/**
 * Images in their parts, with the classes that their folders are; no classes where all lie in one folder, or most in none.
 * Beside folders of classes, an image that lies in none of them is left out.
 */
export function gatherImages(
  { shape, names, data, notes: told }: StoredImages,
  labels: 'folders' | 'none',
): {
  parts: ImportedParts;
  classNames?: readonly string[];
  notes: readonly string[];
  skipped: readonly SkippedFile[];
} {
  const places = readFolders(names);
  const folders = [...new Set(places.flatMap(({ folder }) => folder ?? []))].sort();
  const strays = places.flatMap(({ folder }, i) => (folder === undefined ? [names[i]!] : []));
  const areClasses = labels === 'folders' && folders.length > 1 && 2 * strays.length < places.length;
  const notes = [...told];
  if (labels === 'folders' && !areClasses && folders.length > 0) {
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
  const whole: ImageSet = { shape, count: names.length, images: data };
  const setOf = (indices: readonly number[]): ImageSet => ({
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
    parts: parts as ImportedParts, // where folders name parts, train is one of them
    notes,
    ...(areClasses && { classNames: folders }),
    skipped: areClasses
      ? strays.map((name) => ({ name, why: `it lies in none of the folders of the classes (${shown})` }))
      : [],
  };
}
