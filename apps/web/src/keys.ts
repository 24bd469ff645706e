import type { Page } from './page.ts';
import { PLACES } from './state/url.ts';

/** Keys that work everywhere but where one types. */
export function listenToKeys(page: Page): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'))
      return;
    if (act(page, event, target)) event.preventDefault();
  });
}

/** Whether the key was one of ours. */
function act(
  page: Page,
  { key, ctrlKey, metaKey, shiftKey, repeat }: KeyboardEvent,
  target: HTMLElement,
): boolean {
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() !== 'z') return false;
    if (shiftKey) page.redo();
    else page.undo();
    return true;
  }
  // A button that is on has the space bar for itself.
  if (key === ' ' && !target.closest('button, summary, input, [role=application]')) {
    if (!repeat) page.play(); // a key that is held down is pressed once
  } else if (key === '.') page.lab.step();
  else if (key === '?') page.learn.open();
  else if (key === 'Escape' && page.learn.isOpen.value) page.learn.close();
  else if (PLACES[Number(key) - 1]) page.go(PLACES[Number(key) - 1]!);
  else return false;
  return true;
}
