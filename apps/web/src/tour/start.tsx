import { useEffect } from 'preact/hooks';
import type { Page } from '../page.ts';
import { FIRST_SETTING } from '../state/setting.ts';
import { sayNumber } from '../text/phrases.ts';

/** The first thing to do, over the map of a finished run, which it names as what it is. */
export function Start({ page }: { page: Page }) {
  const poster = page.lab.poster.value;
  const { phase } = page.lab.session.value;
  const isShown = poster !== undefined && phase === 'idle' && page.obstacle === undefined;
  const teach = (withTour: boolean) => {
    if (JSON.stringify(page.setting.peek()) !== JSON.stringify(FIRST_SETTING)) page.change(FIRST_SETTING);
    if (withTour) page.go('train');
    page.start();
    if (withTour) page.tour.start();
  };
  useEffect(() => {
    if (!isShown) return;
    // Nobody has to look for the button: Enter is it, wherever nothing else wants the key.
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.target !== document.body) return;
      event.preventDefault();
      teach(!page.tour.isTaken.peek());
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  if (!isShown) return null;
  return (
    <div class="start">
      <button type="button" class="primary teach" onClick={() => teach(!page.tour.isTaken.peek())}>
        Teach a network to draw digits <span class="about">· about 15 s</span>
      </button>
      {page.tour.isTaken.value && (
        <button type="button" onClick={() => teach(true)}>
          With the tour
        </button>
      )}
      <p>
        What is dimmed is a finished run of this recipe: loss {sayNumber(poster.loss)} on images it never
        learned from, weights <code>{poster.fingerprint.slice(0, 8)}</code>. Yours will get the same weights,
        bit for bit.
      </p>
    </div>
  );
}
