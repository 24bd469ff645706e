import { useEffect, useRef } from 'preact/hooks';
import type { Page } from '../page.ts';
import { KEYS } from '../text/keys.ts';
import { CARDS, type Card, type ShowMe } from './cards.ts';
import { SlowMotion } from './slow-motion.tsx';

/** Twelve short cards, beside the lab that they speak of: it stays in use. */
export function Drawer({ page }: { page: Page }) {
  const { learn } = page;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside
      class="learn"
      aria-labelledby="learn-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        learn.close();
      }}
    >
      <div class="panel-head">
        <h2 id="learn-title" ref={heading} tabIndex={-1}>
          Learn
        </h2>
        <button type="button" aria-keyshortcuts="Escape" onClick={learn.close}>
          Close
        </button>
      </div>
      {learn.follows.value > 0 && <SlowMotion key={learn.follows.value} page={page} />}
      <ul class="cards">
        {CARDS.map((card) => (
          <CardItem key={card.id} card={card} page={page} />
        ))}
      </ul>
      <Keys />
      <p>
        <button
          type="button"
          onClick={() => {
            learn.close();
            page.tour.start();
          }}
        >
          Take the tour
        </button>
      </p>
    </aside>
  );
}

function Keys() {
  return (
    <details class="keys">
      <summary>Keys</summary>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys.split('`').map((text, i) => (i % 2 ? <kbd key={i}>{text}</kbd> : text))}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function CardItem({ card, page }: { card: Card; page: Page }) {
  const { learn } = page;
  return (
    <li>
      <details
        open={learn.card.value === card.id}
        onToggle={({ currentTarget }) => learn.turn(card.id, currentTarget.open)}
      >
        <summary>{card.title}</summary>
        <p>{card.text}</p>
        <p class="row">
          <button type="button" onClick={() => show(page, card.showMe)}>
            {card.showMe.words}
          </button>
        </p>
        <p class="source">
          <a href={card.source.href} target="_blank" rel="noreferrer">
            {card.source.words}
          </a>
        </p>
      </details>
    </li>
  );
}

/** Sets the lab up as a card says, where one can see it: undo takes it back. */
function show(page: Page, { setting, place, trains, follows, look }: ShowMe): void {
  if (setting && JSON.stringify(setting) !== JSON.stringify(page.setting.peek())) page.change(setting);
  if (place) page.go(place);
  page.learn.follow(follows === true);
  if (trains) page.start();
  // Another place is drawn by then.
  if (look) requestAnimationFrame(() => reveal(look));
}

function reveal(panel: NonNullable<ShowMe['look']>): void {
  const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document
    .querySelector(`[data-panel=${panel}]`)
    ?.scrollIntoView({ block: 'center', behavior: isReduced ? 'auto' : 'smooth' });
}
