import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import '../../styles/runs.css';
import { filesFrom } from '../../data/dropped-files.ts';
import type { Page } from '../../page.ts';
import { FaultNotice } from '../../parts/fault-notice.tsx';
import { FileField } from '../../parts/file-field.tsx';
import { isRunning } from '../../state/session.ts';
import { sayLasting, sayRoom } from '../../text/runs.ts';
import { Beside } from './beside.tsx';
import { RunCard } from './run-card.tsx';
import { createShelf, type Shelf } from './shelf.ts';

/** The runs that this browser keeps. */
export function View({ page }: { page: Page }) {
  const [shelf] = useState(() => createShelf(page));
  useSignalEffect(() => {
    // What is trained changes what is kept when it begins, and when it ends.
    page.lab.session.value.phase;
    void shelf.refresh();
  });
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void shelf.refresh();
    };
    document.addEventListener('visibilitychange', look);
    addEventListener('focus', look); // from a window beside this one
    page.drops.value = shelf.keep;
    return () => {
      page.drops.value = undefined;
      document.removeEventListener('visibilitychange', look);
      removeEventListener('focus', look);
      shelf.close();
    };
  }, [page, shelf]);
  const runs = shelf.runs.value;
  const { fault } = shelf;
  return (
    <div class="runs-view">
      <section class="panel runs-head" aria-label="Kept runs">
        <div class="panel-head">
          <h2>Runs in this browser</h2>
          <FileField
            words="Import a ZIP"
            isFolder={false}
            take={(files) => void shelf.keep(filesFrom(files))}
          />
          <FileField
            words="Import a folder"
            isFolder={true}
            take={(files) => void shelf.keep(filesFrom(files))}
          />
        </div>
        {runs?.length === 0 && (
          <p class="dim">
            There is none yet. What is trained here is kept as it learns; a run of the command line, or of
            another computer, is imported by its folder or a ZIP of it: choose it, or drop it here.
          </p>
        )}
        {runs && runs.length > 1 && <p class="dim">Choose two of them to lay them side by side.</p>}
        <p class="unseen" role="status">
          {shelf.said}
        </p>
        {fault.value && <FaultNotice fault={fault.value} />}
        <Room shelf={shelf} />
      </section>
      <Beside page={page} names={shelf.chosen.value} />
      <ul class="run-cards">
        {runs?.map((run) => (
          <RunCard
            key={run.name}
            page={page}
            shelf={shelf}
            run={run}
            isBusy={isRunning(page.lab.session.value)}
          />
        ))}
      </ul>
    </div>
  );
}

/** How much is kept here, and whether it stays. */
function Room({ shelf }: { shelf: Shelf }) {
  const room = shelf.room.value;
  const isAsked = useSignal(false);
  if (!room) return null;
  const { used, of, isLasting } = room;
  return (
    <div class="room">
      <meter min={0} max={of} high={0.9 * of} value={used} aria-label="Room that is used" />
      <span class="dim">
        {sayRoom(used, of)} {sayLasting(isLasting)}
      </span>
      {!isLasting &&
        (isAsked.value ? (
          <span class="dim">The browser has not agreed to keep it.</span>
        ) : (
          <button
            type="button"
            onClick={() => {
              void shelf.askToLast().then(() => {
                isAsked.value = true;
              });
            }}
          >
            Ask it to keep it
          </button>
        ))}
    </div>
  );
}
