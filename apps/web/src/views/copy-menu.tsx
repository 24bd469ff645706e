import { useSignal } from '@preact/signals';
import type { Page } from '../page.ts';
import { COPIES, type Copy } from '../text/copies.ts';

/** What is set here, to take away: for people, terminals, programs and files. */
export function CopyMenu({ page }: { page: Page }) {
  const said = useSignal('');
  const { config } = page.draft.value;
  const copy = async ({ name, text }: Copy) => {
    if (!config) return;
    const words = text(config, page.link());
    try {
      await navigator.clipboard.writeText(words);
      said.value = `${name} copied`;
    } catch {
      // Without leave, or on plain http: the words are there to be marked.
      globalThis.prompt(name, words);
    }
  };
  return (
    <fieldset class="copies">
      <legend>Copy as</legend>
      {COPIES.map((one) => (
        <button
          key={one.name}
          type="button"
          title={one.about}
          disabled={!config}
          onClick={() => void copy(one)}
        >
          {one.name}
        </button>
      ))}
      <span class="good" role="status">
        {said}
      </span>
    </fieldset>
  );
}
