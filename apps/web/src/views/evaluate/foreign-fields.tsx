import type { Evaluation } from '../../evaluate/open-evaluation.ts';
import { FileField } from '../../parts/file-field.tsx';

/** What chooses a person's files to look at: beside the run's own images, or in their place where they are not here. */
export function ForeignFields({ evaluation }: { evaluation: Evaluation }) {
  const { foreign, isBare, isOfTable, lookAt } = evaluation;
  const take = (files: readonly File[]) =>
    lookAt(files.map((file) => ({ name: file.webkitRelativePath || file.name, file })));
  const things = isOfTable.value ? 'table' : 'images';
  const [chosen, words] = isBare.value
    ? (['leave it out', isOfTable.value ? 'Choose a table' : 'Choose images'] as const)
    : (['look at its own instead', `Look at ${isOfTable.value ? 'another' : 'other'} ${things}`] as const);
  return (
    <>
      {foreign.value && (
        <button type="button" class="chip" onClick={() => lookAt(undefined)}>
          {foreign.value.name}: {chosen}
        </button>
      )}
      <FileField words={words} isFolder={false} take={take} />
      {!isOfTable.value && (
        <FileField
          words={isBare.value ? 'Choose a folder' : 'Look at a folder'}
          isFolder={true}
          take={take}
        />
      )}
    </>
  );
}
