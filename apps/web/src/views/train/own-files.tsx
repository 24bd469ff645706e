import type { Page } from '../../page.ts';
import { FileField } from '../../parts/file-field.tsx';
import { isOfTables, valueAt } from '../../state/setting.ts';
import { sayNote } from '../../text/faults.ts';
import { wordsOf } from '../../text/fields.ts';
import { sayCount } from '../../text/phrases.ts';
import { NumberFields } from './number-fields.tsx';

/** Where a person's own files are chosen, and what became of them. */
export function OwnFiles({ page }: { page: Page }) {
  const { report, importing, phase } = page.lab.session.value;
  const count = page.files.value?.length;
  return (
    <fieldset class="own-files">
      <legend>Files</legend>
      <FileField words="Choose files" isFolder={false} take={page.takeFiles} />
      <FileField words="Choose a folder" isFolder={true} take={page.takeFiles} />
      {isOfTables(page.setting.value.recipe) ? (
        <ClassColumn page={page} />
      ) : (
        <NumberFields page={page} numbers={LOOKS} />
      )}
      <p role="status">
        {count === undefined && 'Looking for files …'}
        {count === 0 && 'None chosen yet.'}
        {count !== undefined && count > 0 && `${sayCount(count)} ${count === 1 ? 'file' : 'files'} chosen.`}
        {phase === 'starting' && importing && ` Read ${sayCount(importing.files)} so far.`}
        {report && ` Kept ${sayCount(report.kept)}${wordsOfClasses(report.classes.length)}.`}
      </p>
      {report?.notes.map((note) => (
        <p key={note} class="dim">
          {sayNote(note, 'Something in these files was read otherwise than it lies there.')}
        </p>
      ))}
      {report && report.skipped.length > 0 && (
        <details>
          <summary>{sayCount(report.skipped.length)} left out</summary>
          <ul>
            {report.skipped.slice(0, MOST_SHOWN).map(({ name, why }) => (
              <li key={name}>
                <b>{name}</b>: {sayNote(why, 'it cannot be read')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </fieldset>
  );
}

/** Which column of a table says what colour its dots have. */
function ClassColumn({ page }: { page: Page }) {
  const path = 'dataset.labelColumn';
  const { label, about } = wordsOf(path);
  const { config } = page.draft.value;
  return (
    <label class="field wide">
      <span>{label}</span>
      <input
        type="text"
        value={String((config && valueAt(config, path)) ?? '')}
        onChange={({ currentTarget }) => page.set({ path }, currentTarget.value.trim() || undefined)}
      />
      <small>{about}</small>
    </label>
  );
}

const MOST_SHOWN = 100;
/** Numbers of how files become images. */
const LOOKS = [
  { path: 'dataset.size', least: 4, most: 256, step: 4 },
  { path: 'dataset.channels', least: 1, most: 3, step: 2 },
] as const;

const wordsOfClasses = (count: number) => (count > 0 ? ` in ${sayCount(count)} classes` : '');
