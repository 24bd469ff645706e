import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Page } from '../page.ts';
import { announce, paced } from '../state/announce.ts';

/** At most a sentence in so long: who listens must be able to do something else. */
const PACE_MS = 5000;

/** Says what happens to those who do not see it. */
export function Announcer({ page }: { page: Page }) {
  const said = useSignal('');
  useEffect(() => {
    const say = paced((sentence) => {
      said.value = sentence;
    }, PACE_MS);
    let before = page.lab.session.peek();
    return effect(() => {
      const after = page.lab.session.value;
      const sentence = announce(before, after);
      before = after;
      if (sentence) say(sentence);
    });
  }, [page, said]);
  return (
    <p class="unseen" aria-live="polite">
      {said}
    </p>
  );
}
