import type { Page } from '../page.ts';
import { Icon } from '../parts/icon.tsx';

export function Header({ page }: { page: Page }) {
  return (
    <header class="header">
      <h1 class="brand">Latentkit</h1>
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
      <button type="button" onClick={() => void navigator.clipboard?.writeText(page.link())}>
        Copy link
      </button>
    </header>
  );
}
