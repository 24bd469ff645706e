import { signal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { latestOnly } from '../../lab/latest.ts';
import type { BesideRow, BesideRun, SideBySide } from '../../lab/run-messages.ts';
import { createLink } from '../../linked/link.ts';
import { LinkedMap, LinkTools } from '../../linked/linked-map.tsx';
import { sayThing, thingsOfRun } from '../../linked/things.ts';
import { UnderHand } from '../../linked/under-hand.tsx';
import type { Page } from '../../page.ts';
import { namesOf } from '../../text/class-names.ts';
import { type SaidFault, sayError } from '../../text/faults.ts';
import { ownWordsOf } from '../../text/fields.ts';
import '../../styles/linked.css';
import { ClassLegend } from '../map/legend.tsx';
import { openBesideCurve } from './open-beside-curve.ts';

/** Two runs side by side: what differs in how they were made, how they learned, and where each puts the same images. */
export function Beside({ page, names }: { page: Page; names: readonly string[] }) {
  const found = useSignal<SideBySide | undefined>(undefined);
  const fault = useSignal<SaidFault | undefined>(undefined);
  const [lay] = useState(() =>
    latestOnly(
      (wanted: readonly string[]) => page.lab.ask('beside', { names: wanted }),
      (answer) => {
        fault.value = undefined;
        found.value = answer;
      },
      {
        fail(error) {
          fault.value = sayError(error, { lead: 'They cannot be laid side by side' });
        },
      },
    ),
  );
  const isWanted = names.length === 2;
  useEffect(() => {
    if (isWanted) lay(names);
    else fault.value = undefined;
  }, [names]);
  // One that was still being trained can be laid out once it has its weights.
  const { phase } = page.lab.session.value;
  useEffect(() => {
    if (isWanted && fault.peek()) lay(names);
  }, [phase]);
  // It comes above the runs: whoever has chosen two far below would not see it.
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWanted) host.current?.scrollIntoView({ block: 'start' });
  }, [isWanted]);
  if (!isWanted) return null;
  const shown = found.value?.runs.every(({ name }, i) => name === names[i]) ? found.value : undefined;
  return (
    <section class="panel beside" aria-label="Side by side" ref={host}>
      <h2>Side by side</h2>
      {fault.value ? (
        <p class="notice bad" role="alert">
          {fault.value.words}
        </p>
      ) : shown ? (
        <Found page={page} found={shown} />
      ) : (
        <p class="dim">Reading both.</p>
      )}
    </section>
  );
}

function Found({ page, found }: { page: Page; found: SideBySide }) {
  const { runs, settings, measures } = found;
  return (
    <>
      <div class="beside-facts">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
        <section class="scroll wide" tabIndex={0} aria-label="What differs">
          <table>
            <thead>
              <tr>
                <td />
                {runs.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <Rows
              title={settings.length > 0 ? 'Settings that differ' : 'All settings are the same'}
              rows={settings.map(({ title, cells }) => ({ title: ownWordsOf(title)?.label ?? title, cells }))}
            />
            {measures.length > 0 && <Rows title="What they came to" rows={measures} />}
          </table>
        </section>
        {runs.every(({ rows }) => rows.length > 0) && <Curves page={page} runs={runs} />}
      </div>
      <Maps found={found} />
    </>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly BesideRow[] }) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3} class="dim">
          {title}
        </th>
      </tr>
      {rows.map(({ title: row, cells }) => (
        <tr key={row}>
          <th scope="row">{row}</th>
          {cells.map((cell, i) => (
            <td key={i}>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Curves({ page, runs }: { page: Page; runs: readonly BesideRun[] }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => (host.current ? openBesideCurve(host.current, page, runs) : undefined), [page, runs]);
  return (
    <figure>
      <figcaption class="dim">Validation loss after each epoch</figcaption>
      <div class="curve" ref={host} />
      <p class="legend dim">
        {runs.map(({ name }, i) => (
          <span key={name} class={i === 0 ? 'line' : 'line second'}>
            {name}
          </span>
        ))}
      </p>
    </figure>
  );
}

/** Maps of the same images are linked; of others, a class is shown alone in both. */
function Maps({ found: { runs, isOfSameImages } }: { found: SideBySide }) {
  const [links] = useState(() => {
    const first = createLink();
    return [first, isOfSameImages ? first : createLink(first.isolated)] as const;
  });
  const things = useMemo(() => runs.map(thingsOfRun), [runs]);
  const points = useMemo(
    () =>
      runs.map(
        ({ map, ...run }, i) =>
          map && {
            ...{ count: map.length / 2, places: signal<Float32Array | undefined>(map) },
            ...{ labels: run.labels, names: namesOf(run) },
            say: (row: number) => sayThing(things[i]!, row),
          },
      ),
    [runs],
  );
  const names = points.flatMap((one) => (one && one.names.length > 0 ? [one.names] : []))[0] ?? [];
  return (
    <>
      <div class="in-all">
        {isOfSameImages ? (
          <>
            <LinkTools link={links[0]} count={points[0]?.count ?? 0} />
            <ClassLegend names={names} isolated={links[0].isolated} />
            <UnderHand link={links[0]} of={things[0]!} />
          </>
        ) : (
          <>
            <p class="dim">{sayOthers(runs)}</p>
            <ClassLegend names={names} isolated={links[0].isolated} />
          </>
        )}
      </div>
      <div class="linked-maps">
        {runs.map((run, i) => (
          <figure key={run.name}>
            <figcaption>{run.name}</figcaption>
            {points[i] ? (
              <LinkedMap points={points[i]} link={links[i]!} label={`Map of the codes of ${run.name}`} />
            ) : (
              <p class="dim">{run.notes.join(' ')}</p>
            )}
            {!isOfSameImages && points[i] && <LinkTools link={links[i]!} count={points[i].count} />}
          </figure>
        ))}
      </div>
    </>
  );
}

/** Why a dot of one map is none of the other; nothing where a map is missing, which says so itself. */
const sayOthers = (runs: readonly BesideRun[]): string =>
  runs.every(({ map }) => map)
    ? 'They were made with different images, so that a dot of one is no dot of the other.'
    : '';
