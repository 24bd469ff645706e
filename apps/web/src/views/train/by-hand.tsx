import type { Page } from '../../page.ts';
import { type ByHand as Field, setByHand } from '../../state/by-hand.ts';
import { asRecipe } from '../../state/setting.ts';
import { wordsOf } from '../../text/fields.ts';

/** What was set by hand, which holds when another network is chosen; and what did not, with a way back. */
export function ByHand({ page }: { page: Page }) {
  const setting = page.setting.value;
  const [set, lost] = [setByHand(setting), page.lost.value];
  return (
    <div class="by-hand" role="status">
      {set.length > 0 && (
        <p>
          Set by hand: {sayFields(set)}.{' '}
          <button
            type="button"
            title="Takes all that the recipe says"
            onClick={() => page.change(asRecipe(setting))}
          >
            As the recipe
          </button>
        </p>
      )}
      {lost.length > 0 && (
        <p class="beware">
          No longer set: {sayFields(lost)}.{' '}
          <button type="button" onClick={page.undo}>
            Undo that
          </button>
        </p>
      )}
    </div>
  );
}

const sayFields = (fields: readonly Field[]) =>
  fields.map(({ path, value }) => `${wordsOf(path).label} ${sayValue(value)}`).join(', ');

const sayValue = (value: unknown) =>
  value === undefined ? '(none)' : typeof value === 'object' ? JSON.stringify(value) : String(value);
