import { computed, type ReadonlySignal, useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { MapProgress, MapState, MethodMap } from '../../compare/comparison.ts';
import type { Comparison, Shown } from '../../compare/open-comparison.ts';
import { LinkedMap } from '../../linked/linked-map.tsx';
import { sayThing } from '../../linked/things.ts';
import { UnderHand } from '../../linked/under-hand.tsx';
import { NumberField } from '../../parts/number-field.tsx';
import { sayNote } from '../../text/faults.ts';
import { MEASURES } from '../../text/methods.ts';
import { sayDuration, sentenceOf } from '../../text/phrases.ts';

interface MethodPanelProps {
  readonly comparison: Comparison;
  readonly map: MethodMap;
  /** Whether there is room for one map alone. */
  readonly isNarrow: ReadonlySignal<boolean>;
}

/** One method: what it says, its numbers, its map as it settles, and how far to trust that. */
export function MethodPanel({ comparison, map, isNarrow }: MethodPanelProps) {
  const { method, state, progress, seed, numbers } = map;
  const shown = comparison.shown.value;
  const now = state.value;
  const isOver = now.phase === 'done';
  // These are written into the page as they change: the component is not drawn anew for each step.
  const step = useComputed(() => sayState(state.value, progress.value));
  const fraction = useComputed(() => fractionOf(state.value, progress.value));
  const isSeen = useComputed(() => !isNarrow.value || comparison.front.value === method.name);
  return (
    <section class={isSeen.value ? 'panel method' : 'panel method behind'} aria-label={method.title}>
      <div class="panel-head">
        <h2>{method.title}</h2>
        <span class="dim" data-phase={now.phase}>
          {step}
        </span>
      </div>
      <p class="dim">{method.about}</p>
      {shown ? (
        <MethodMapOf key={shown.title} {...{ comparison, map, shown, isSeen }} />
      ) : (
        <div class="map linked" />
      )}
      <progress class="run-meter" value={fraction} max={1} aria-label={method.title} />
      {shown && isNarrow.value && isSeen.value && <UnderHand link={shown.link} of={shown.things} />}
      {now.fault && (
        <div class="notice bad" role="alert">
          {now.fault.words}
        </div>
      )}
      {now.warnings?.map((warning) => (
        <p key={warning} class="dim">
          {sentenceOf(sayNote(warning, warning))}
        </p>
      ))}
      {method.numbers.map(({ name, label, about, least, most, step }) => (
        <NumberField
          key={name}
          {...{ label, about, least, most, step }}
          value={numbers.value[name]}
          change={(value) => {
            numbers.value = { ...numbers.value, [name]: value };
          }}
        />
      ))}
      {shown && (
        <div class="row">
          <button type="button" onClick={() => comparison.start(map, seed.value)}>
            {now.phase === 'running' ? 'Begin again' : 'Lay out anew'}
          </button>
          {method.name !== 'pca' && isOver && (
            <button type="button" onClick={() => comparison.start(map, seed.value + 1)}>
              Another seed: do the islands stay?
            </button>
          )}
        </div>
      )}
      {now.judged?.asBefore !== undefined && (
        <p role="status">
          Of a point's neighbours on the map before, {percent(now.judged.asBefore)} are its neighbours with
          seed {seed.value}, which is turned to lie as that one did.
        </p>
      )}
      {now.judged && <Measures judged={now.judged} />}
    </section>
  );
}

interface MethodMapOfProps extends Pick<MethodPanelProps, 'comparison' | 'map'> {
  readonly shown: Shown;
  readonly isSeen: ReadonlySignal<boolean>;
}

function MethodMapOf({ comparison, map, shown, isSeen }: MethodMapOfProps) {
  const points = useMemo(
    () => ({
      ...{ count: shown.points.count, labels: shown.labels, names: shown.names },
      places: whileSeen(map.map, isSeen),
      say: (row: number) => sayThing(shown.things, row),
      shares: computed(() => (comparison.isTinted.value ? map.state.value.judged?.kept : undefined)),
    }),
    [comparison, map, shown],
  );
  return (
    <LinkedMap
      points={points}
      link={shown.link}
      label={`${map.method.title} of ${shown.title}: map of ${shown.points.count} points`}
    />
  );
}

/** What a signal is while somebody sees it: a map behind another settles without being drawn, and is as new as it is once it is seen. */
function whileSeen<Value>(
  now: ReadonlySignal<Value>,
  isSeen: ReadonlySignal<boolean>,
): ReadonlySignal<Value> {
  let held = now.peek();
  return computed(() => {
    if (isSeen.value) held = now.value;
    return held;
  });
}

function Measures({ judged: { quality } }: { judged: NonNullable<MapState['judged']> }) {
  return (
    <dl class="measures">
      {MEASURES.map(({ name, title, about }) => {
        const value = quality[name];
        if (value === undefined || !Number.isFinite(value)) return null;
        return (
          <div key={name}>
            <dt>
              {title} <small class="dim">{about}</small>
            </dt>
            <dd>{value.toFixed(3)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

const percent = (share: number) => `${Math.round(100 * share)}%`;

export const fractionOf = ({ phase }: MapState, { fraction }: MapProgress): number =>
  phase === 'done' ? 1 : phase === 'running' ? fraction : 0;

function sayState({ phase, seconds, judged }: MapState, { step }: MapProgress): string {
  if (phase === 'running') return step;
  if (phase === 'done') return `${sayDuration(seconds ?? 0)}${judged ? '' : ', being measured'}`;
  return '';
}
