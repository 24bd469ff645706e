import type { Page } from '../../page.ts';
import { Swatch } from '../../parts/swatch.tsx';
import { namesOf } from '../../text/class-names.ts';

/** The classes: pressed, one is shown alone. */
export function Legend({ page }: { page: Page }) {
  const { isolated } = page.map;
  const names = namesOf(page.lab.data.value);
  if (names.length === 0) return null;
  return (
    <ul class="legend-classes" aria-label="Classes">
      {names.map((name, label) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={isolated.value === label}
            title={`Show ${name} alone`}
            onClick={() => {
              isolated.value = isolated.value === label ? undefined : label;
            }}
          >
            <Swatch label={label} />
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
