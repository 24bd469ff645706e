import { checkValue, having } from '@latentkit/core/options';
import type { ImportReport } from '@latentkit/datasets/import';
import { counted, whole } from '../report/words.ts';

const SHOWN = 5;
const reportRule = having('the report of an import', {
  source: 'string',
  skipped: 'object',
  notes: 'object',
});

/**
 * What a reader should know of files that were imported, a sentence each: how many images of what classes came of pictures, what was
 * guessed, and what was left out and why. Nothing is to be told of an array that is read as it is.
 *
 * @example
 * importNotes(report, 'pets'); // ['pets: 6 images in 2 classes (cat 3, dog 3)', 'pets: 1 file is left out: a.txt (text, and no table of numbers)']
 */
export function importNotes(report: ImportReport, path: string): string[] {
  checkValue('importNotes', 'report', report, reportRule);
  const { source, kept, classes, notes, skipped } = report;
  const told = [...notes];
  if (source === 'images') {
    const list = classes.map(({ name, count }) => `${name} ${whole(count)}`);
    const of =
      classes.length > 0 ? ` in ${counted(classes.length, 'class', 'classes')} (${shown(list)})` : '';
    told.unshift(`${counted(kept, 'image')}${of}`);
  }
  if (skipped.length > 0) {
    const list = skipped.map(({ name, why }) => `${name} (${why})`);
    told.push(
      `${counted(skipped.length, 'file')} ${skipped.length === 1 ? 'is' : 'are'} left out: ${shown(list)}`,
    );
  }
  return told.map((note) => (note.startsWith(`${path}: `) ? note : `${path}: ${note}`));
}

function shown(list: readonly string[]): string {
  const more = list.length > SHOWN ? `, and ${whole(list.length - SHOWN)} more` : '';
  return list.slice(0, SHOWN).join(', ') + more;
}
