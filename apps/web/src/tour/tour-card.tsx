import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../page.ts';
import type { TourTarget } from './target.ts';

/** The page of the tour that is open, below all else; what it speaks of is framed. */
export function TourCard({ page }: { page: Page }) {
  const { tour } = page;
  const card = useRef<HTMLElement>(null);
  const open = tour.page.value;
  const wasOpen = useRef(false);
  useEffect(() => {
    const root = document.documentElement;
    if (!open) {
      delete root.dataset.tourAt;
      wasOpen.current = false;
      return;
    }
    root.dataset.tourAt = open.target;
    // Who comes by keys stays with the tour; who is busy in a part of the page stays there.
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (!wasOpen.current || isLost) card.current?.focus();
    wasOpen.current = true;
  }, [open]);
  return (
    <section
      ref={card}
      class="tour-card"
      aria-label="Tour"
      tabIndex={-1}
      hidden={!open}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        tour.skip();
      }}
    >
      {open && (
        <>
          <div class="tour-head">
            <progress value={tour.number.value} max={tour.count} aria-label="Progress of the tour" />
            <span class="dim">
              {tour.number} of {tour.count}
            </span>
          </div>
          <p>{open.text}</p>
          {open.keys && <p class="dim">{open.keys}</p>}
          <div class="row">
            <button type="button" onClick={() => goTo(open.target)}>
              Take me there
            </button>
            <button type="button" class="quiet" onClick={tour.skip}>
              Skip the tour
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** What the tour says, for those who listen: there before it says anything, as a live region must be. */
export function TourVoice({ page }: { page: Page }) {
  const open = page.tour.page.value;
  return (
    <p class="unseen" role="status" data-voice="tour">
      {open &&
        `Tour, ${page.tour.number.value} of ${page.tour.count}. ${open.text}${open.keys ? ` ${open.keys}` : ''}`}
    </p>
  );
}

const CAN_FOCUS = 'button:not(:disabled), a[href], input, [tabindex="0"]';

/** Brings a part of the page into view, with the focus on the first thing in it that takes one. */
function goTo(target: TourTarget): void {
  const part = document.querySelector<HTMLElement>(`[data-tour="${target}"]`);
  const first = part?.matches(CAN_FOCUS) ? part : part?.querySelector<HTMLElement>(CAN_FOCUS);
  part?.scrollIntoView({ block: 'center' });
  first?.focus({ preventScroll: true });
}
