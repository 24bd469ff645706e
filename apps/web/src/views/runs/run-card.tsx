import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { RunPicture, StoredRun } from '../../lab/run-messages.ts';
import type { Page } from '../../page.ts';
import { CellTable } from '../../parts/cell-table.tsx';
import { ImageRow } from '../../parts/image-row.tsx';
import { factsOfRun, sayState } from '../../text/runs.ts';
import type { Shelf } from './shelf.ts';

interface RunCardProps {
  readonly page: Page;
  readonly shelf: Shelf;
  readonly run: StoredRun;
  /** Something is trained. */
  readonly isBusy: boolean;
}

/** A kept run: what it draws, what is known of it, and what can be done with it. */
export function RunCard({ page, shelf, run, isBusy }: RunCardProps) {
  const { name, state, hasModel } = run;
  const isWritten = state === 'writing';
  const isShown = page.lab.session.value.kept?.name === name;
  const isNamed = useSignal(false);
  const isSure = useSignal(false);
  return (
    <li class={isShown ? 'panel run-card shown' : 'panel run-card'}>
      <Drawing shelf={shelf} run={run} />
      <div class="run-facts">
        {isNamed.value ? (
          <NameField
            name={name}
            rename={async (to) => {
              if (to === name || (await shelf.rename(name, to))) isNamed.value = false;
            }}
            leave={() => {
              isNamed.value = false;
            }}
          />
        ) : (
          <h3>{name}</h3>
        )}
        <p>
          {sayState(run)}
          {isShown && <span class="dim"> · shown now</span>}
        </p>
        {state === 'damaged' && <p class="dim">{run.why}</p>}
        <dl>
          {factsOfRun(run).map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="row">
        {hasModel && (
          <button
            type="button"
            aria-label={`Open ${name}`}
            disabled={isWritten && isBusy}
            onClick={() => void page.openStored(name)}
          >
            {isBusy ? 'Stop training, and open' : 'Open'}
          </button>
        )}
        {state === 'stopped' && run.canResume && (
          <button
            type="button"
            aria-label={`Go on with ${name}`}
            disabled={isBusy}
            onClick={() => void shelf.goOn(name)}
          >
            Go on
          </button>
        )}
        {state !== 'damaged' && (
          <button type="button" aria-label={`Download ${name}`} onClick={() => void shelf.download(name)}>
            Download
          </button>
        )}
        <button
          type="button"
          aria-label={`Rename ${name}`}
          disabled={isWritten}
          onClick={() => {
            isNamed.value = true;
          }}
        >
          Rename
        </button>
        <button
          type="button"
          aria-label={`${isSure.value ? 'Delete for good:' : 'Delete'} ${name}`}
          disabled={isWritten}
          onBlur={() => {
            isSure.value = false;
          }}
          onClick={() => {
            // There is no way back: it takes two presses.
            if (isSure.value) void shelf.remove(name);
            isSure.value = !isSure.value;
          }}
        >
          {isSure.value ? 'Delete for good' : 'Delete'}
        </button>
        {hasModel && (
          <label class="tick">
            <input
              type="checkbox"
              aria-label={`Lay ${name} beside another`}
              checked={shelf.chosen.value.includes(name)}
              onChange={({ currentTarget }) => shelf.choose(name, currentTarget.checked)}
            />
            side by side
          </label>
        )}
      </div>
    </li>
  );
}

/** What the run's model draws by itself; nothing while it is not known. */
function Drawing({ shelf, run }: Pick<RunCardProps, 'shelf' | 'run'>) {
  const picture = useSignal<RunPicture | undefined>(undefined);
  const canDraw = run.hasModel && run.state !== 'writing';
  useEffect(() => {
    if (!canDraw) return;
    shelf.pictureOf(run).then(
      (found) => {
        picture.value = found;
      },
      () => {}, // opening it says what is wrong
    );
  }, [shelf, run.fingerprint, canDraw]);
  return (
    <div class="run-drawing">
      {picture.value && <Drawn label={`What ${run.name} draws`} picture={picture.value} />}
    </div>
  );
}

/** Images, or made-up rows of a table. */
function Drawn({ label, picture }: { label: string; picture: RunPicture }) {
  if ('bytes' in picture) return <ImageRow label={label} {...picture} />;
  return <CellTable label={label} columns={picture.names} rows={picture.rows} />;
}

interface NameFieldProps {
  readonly name: string;
  rename(to: string): Promise<void>;
  leave(): void;
}

function NameField({ name, rename, leave }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        void rename(field.current!.value.trim());
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') leave();
      }}
    >
      <input ref={field} type="text" aria-label={`Another name for ${name}`} defaultValue={name} required />
      <button type="submit">Save</button>
      <button type="button" onClick={leave}>
        Cancel
      </button>
    </form>
  );
}
