import { useEffect } from 'preact/hooks';
import type { Page } from '../page.ts';
import { isFirst } from '../state/setting.ts';
import { sayNumber } from '../text/phrases.ts';

/** The first thing to do, over the map of a finished run, which it names as what it is. */
export function Start({ page }: { page: Page }) {
  const poster = page.lab.poster.value;
  const { phase } = page.lab.session.value;
  const isOfSetting = isFirst(page.setting.value);
  const isShown = poster !== undefined && phase === 'idle' && page.obstacle === undefined;
  const teach = (withTour: boolean) => {
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
      if (isOfSetting) teach(!page.tour.isTaken.peek());
      else page.start();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  if (!isShown) return null;
  const facts = `loss ${sayNumber(poster.loss)} on images it never learned from, weights `;
  const code = <code>{poster.fingerprint.slice(0, 8)}</code>;
  if (!isOfSetting) {
    return (
      <div class="start">
        <button
          type="button"
          class="primary teach"
          disabled={page.draft.value.config === undefined}
          onClick={page.start}
        >
          Train what is set
        </button>
        <p>
          What is dimmed is a finished run of another setting: {facts}
          {code}.
        </p>
      </div>
    );
  }
  return (
    <div class="start">
      <button type="button" class="primary teach" onClick={() => teach(!page.tour.isTaken.peek())}>
        Teach a network to draw digits <span class="about">about 15 s</span>
      </button>
      {page.tour.isTaken.value && (
        <button type="button" onClick={() => teach(true)}>
          With the tour
        </button>
      )}
      <p>
        What is dimmed is a finished run of this recipe: {facts}
        {code}. Yours will get the same weights, bit for bit.
      </p>
    </div>
  );
}
