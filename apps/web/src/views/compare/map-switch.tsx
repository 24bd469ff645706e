import { useComputed } from '@preact/signals';
import type { MethodMap } from '../../compare/comparison.ts';
import type { Comparison } from '../../compare/open-comparison.ts';
import { fractionOf } from './method-panel.tsx';

/** Chooses the map that is shown where there is room for one. The others settle meanwhile, and each shows how far it is. */
export function MapSwitch({ comparison }: { comparison: Comparison }) {
  return (
    <fieldset class="map-switch">
      <legend class="unseen">Map that is shown</legend>
      {comparison.maps.map((map) => (
        <Choice key={map.method.name} comparison={comparison} map={map} />
      ))}
    </fieldset>
  );
}

function Choice({ comparison: { front }, map }: { comparison: Comparison; map: MethodMap }) {
  const { name, title } = map.method;
  // Written into the page as it changes: nothing is drawn anew for each step.
  const fraction = useComputed(() => fractionOf(map.state.value, map.progress.value));
  return (
    <label>
      <input
        type="radio"
        name="map-shown"
        checked={front.value === name}
        onChange={() => {
          front.value = name;
        }}
      />
      <span>{title}</span>
      <progress class="run-meter" value={fraction} max={1} aria-hidden="true" />
    </label>
  );
}
