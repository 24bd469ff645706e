import type { Page } from '../page.ts';
import { CHIPS, type ChipName } from '../text/chips.ts';

/** What is less here than it could be, each in two words; why, and what to do, when it is pressed. */
export function Chips({ page }: { page: Page }) {
  const names: ChipName[] = [];
  if (!crossOriginIsolated) names.push('oneThread');
  if (page.map.drawnBy.value === 'canvas') names.push('noGpu');
  if (names.length === 0) return null;
  return (
    <ul class="chips" aria-label="Limits here">
      {names.map((name) => (
        <Chip key={name} name={name} />
      ))}
    </ul>
  );
}

function Chip({ name }: { name: ChipName }) {
  const { words, why, link } = CHIPS[name];
  return (
    <li>
      <button type="button" class="chip" popovertarget={`why-${name}`}>
        {words}
      </button>
      <div class="why" id={`why-${name}`} popover="auto">
        <p>{why}</p>
        {link && (
          <a href={link.href} target="_blank" rel="noreferrer">
            {link.words}
          </a>
        )}
      </div>
    </li>
  );
}
