import type { Page } from '../page.ts';
import { isRunning } from '../state/session.ts';
import { CHIPS, type ChipName } from '../text/chips.ts';

/** What is less here than it could be, each in two words; why, and what to do, when it is pressed. */
export function Chips({ page }: { page: Page }) {
  const names: ChipName[] = [];
  if (!crossOriginIsolated) names.push(page.offline.canIsolate.value ? 'canIsolate' : 'oneThread');
  if (page.map.drawnBy.value === 'canvas') names.push('noGpu');
  if (page.offline.isNewer.value) names.push('newer');
  if (names.length === 0) return null;
  return (
    <ul class="chips" aria-label="Limits here">
      {names.map((name) => (
        <Chip key={name} page={page} name={name} />
      ))}
    </ul>
  );
}

function Chip({ page, name }: { page: Page; name: ChipName }) {
  const { words, why, link, reload } = CHIPS[name];
  return (
    <li>
      <button type="button" class="chip" popovertarget={`why-${name}`}>
        {words}
      </button>
      <div class="why" id={`why-${name}`} popover="auto">
        <p>{why}</p>
        {reload && (
          <button
            type="button"
            disabled={isRunning(page.lab.session.value)}
            title={isRunning(page.lab.session.value) ? 'Not while something is trained' : undefined}
            onClick={page.offline.reload}
          >
            {reload}
          </button>
        )}
        {link && (
          <a href={link.href} target="_blank" rel="noreferrer">
            {link.words}
          </a>
        )}
      </div>
    </li>
  );
}
