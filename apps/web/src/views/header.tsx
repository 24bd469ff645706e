import type { Page } from '../page.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { PLACES } from '../state/url.ts';
import { PLACE_NAMES } from '../text/choices.ts';
import { tourTarget } from '../tour/target.ts';

export function Header({ page }: { page: Page }) {
  return (
    <header class="header">
      <h1 class="brand">Latentkit</h1>
      <Places page={page} />
      <span class="spacer" />
      <HiddenParts page={page} />
      <IconButton icon="undo" name="Undo" disabled={!page.canUndo.value} onClick={page.undo} />
      <IconButton icon="redo" name="Redo" disabled={!page.canRedo.value} onClick={page.redo} />
      <button
        type="button"
        {...tourTarget('learn')}
        aria-expanded={page.learn.isOpen.value}
        aria-keyshortcuts="?"
        onClick={() => (page.learn.isOpen.value ? page.learn.close() : page.learn.open())}
      >
        Learn <kbd>?</kbd>
      </button>
    </header>
  );
}

function Places({ page }: { page: Page }) {
  return (
    <nav class="places" aria-label="Places" {...tourTarget('places')}>
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

/** What a link hides is there on demand: nobody is left to wonder where it went. */
function HiddenParts({ page }: { page: Page }) {
  const { length } = page.hidden.value;
  if (length === 0) return null;
  return (
    <button
      type="button"
      class="chip"
      title={`The link hides: ${page.hidden.value.join(', ')}`}
      onClick={page.showAll}
    >
      {length === 1 ? '1 part is hidden' : `${length} parts are hidden`} · show
    </button>
  );
}
