import type { Page } from '../page.ts';
import { Icon } from '../parts/icon.tsx';
import { PLACES } from '../state/url.ts';
import { PLACE_NAMES } from '../text/choices.ts';

export function Header({ page }: { page: Page }) {
  return (
    <header class="header">
      <h1 class="brand">Latentkit</h1>
      <Places page={page} />
      <span class="spacer" />
      <button
        type="button"
        class="quiet"
        aria-label="Undo"
        disabled={!page.canUndo.value}
        onClick={page.undo}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Redo"
        disabled={!page.canRedo.value}
        onClick={page.redo}
      >
        <Icon name="redo" />
      </button>
    </header>
  );
}

function Places({ page }: { page: Page }) {
  return (
    <nav class="places" aria-label="Places">
      {PLACES.map((place, i) => (
        <a
          key={place}
          href={`#/${place === 'train' ? '' : place}`}
          aria-current={page.place.value === place ? 'page' : undefined}
          aria-keyshortcuts={String(i + 1)}
          onClick={(event) => {
            event.preventDefault();
            page.go(place);
          }}
        >
          {PLACE_NAMES[place]}
        </a>
      ))}
    </nav>
  );
}
