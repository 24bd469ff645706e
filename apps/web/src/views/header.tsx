import type { Page } from '../page.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { PLACES } from '../state/url.ts';
import { PLACE_NAMES } from '../text/choices.ts';

export function Header({ page }: { page: Page }) {
  return (
    <header class="header">
      <h1 class="brand">Latentkit</h1>
      <Places page={page} />
      <span class="spacer" />
      <IconButton icon="undo" name="Undo" disabled={!page.canUndo.value} onClick={page.undo} />
      <IconButton icon="redo" name="Redo" disabled={!page.canRedo.value} onClick={page.redo} />
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
