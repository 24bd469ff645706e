import type { Page } from '../page.ts';
import { Icon } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { isRunning, progressOf } from '../state/session.ts';
import { sayCount, sayDuration, sayPhase } from '../text/phrases.ts';
import { Chips } from './chips.tsx';
import { Fingerprint } from './fingerprint.tsx';

/** What runs, how far it is, and what to do with it: on top of every place. */
export function RunBar({ page }: { page: Page }) {
  const { lab } = page;
  const session = lab.session.value;
  const runs = isRunning(session);
  const isHeld = session.phase === 'paused';
  return (
    <section class="run-bar" aria-label="Training">
      <div class="run-buttons">
        <button
          type="button"
          class="primary round"
          aria-label={runs && !isHeld ? 'Hold' : isHeld ? 'Go on' : 'Train'}
          disabled={!runs && (page.draft.value.config === undefined || page.obstacle !== undefined)}
          onClick={({ detail }) => {
            // Who clicks twice wants what one click does, and not to hold what has just begun.
            if (detail < 2) page.play();
          }}
        >
          <Icon name={runs && !isHeld ? 'pause' : 'play'} />
        </button>
        <IconButton icon="step" name="One step" disabled={!runs} onClick={lab.step} />
        <IconButton icon="stop" name="Stop" disabled={!runs} onClick={lab.stop} />
      </div>
      <RunProgress page={page} />
      <Chips page={page} />
      <Fingerprint page={page} />
    </section>
  );
}

function RunProgress({ page }: { page: Page }) {
  const session = page.lab.session.value;
  const progress = progressOf(session);
  const phase = sayPhase(session);
  if (!progress) {
    return (
      <p class="run-words">
        <strong>{page.setting.value.recipe}</strong>
        <span class="dim">{phase}</span>
      </p>
    );
  }
  const { share, epoch, epochs, imagesPerSecond, secondsLeft } = progress;
  const threads = session.start?.threads ?? 1;
  const left =
    secondsLeft === undefined || session.phase === 'ended' ? '' : `${sayDuration(secondsLeft)} left`;
  return (
    <>
      <p class="run-words">
        <strong>{session.opened ?? (page.trained.value ?? page.setting.value).recipe}</strong>
        <span>
          {phase}
          {session.rows.length > 0 || !session.opened ? ` · epoch ${epoch} of ${epochs}` : ''}
        </span>
      </p>
      <progress
        class="run-meter"
        value={share}
        max={1}
        aria-label="Training"
        aria-valuetext={`epoch ${epoch} of ${epochs}${left && `, ${left}`}`}
      />
      <p class="run-words dim">
        {imagesPerSecond !== undefined && (
          <span>
            {sayCount(imagesPerSecond)} {page.lab.data.value?.table ? 'rows' : 'images'}/s
          </span>
        )}
        {left && <span>{left}</span>}
        {session.opened === undefined && crossOriginIsolated && (
          <span>{threads === 1 ? '1 thread' : `${threads} threads`}</span>
        )}
      </p>
    </>
  );
}
