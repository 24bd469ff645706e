import type { Signal } from '@preact/signals';
import type { Page } from '../../page.ts';
import { Swatch } from '../../parts/swatch.tsx';
import { namesOf } from '../../text/class-names.ts';

/** The classes of the run that is shown: pressed, one is shown alone. */
export function Legend({ page }: { page: Page }) {
  return <ClassLegend names={namesOf(page.lab.data.value)} isolated={page.map.isolated} />;
}

interface ClassLegendProps {
  readonly names: readonly string[];
  readonly isolated: Signal<number | undefined>;
}

/** Classes by their names; pressed, one is shown alone on the maps that listen. */
export function ClassLegend({ names, isolated }: ClassLegendProps) {
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
