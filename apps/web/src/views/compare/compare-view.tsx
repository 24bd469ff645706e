import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import '../../styles/compare.css';
import '../../styles/linked.css';
import { type Comparison, openComparison, SOURCES } from '../../compare/open-comparison.ts';
import { LinkTools } from '../../linked/linked-map.tsx';
import { SHARE_COLORS } from '../../linked/open-linked-map.ts';
import { UnderHand } from '../../linked/under-hand.tsx';
import type { Page } from '../../page.ts';
import { FileField } from '../../parts/file-field.tsx';
import { paintSwatch } from '../../parts/paint-swatch.ts';
import { SOURCE_WORDS, TRUST_NAMES } from '../../text/methods.ts';
import { sayCount } from '../../text/phrases.ts';
import { ClassLegend } from '../map/legend.tsx';
import { MapSwitch } from './map-switch.tsx';
import { MethodPanel } from './method-panel.tsx';

/** Maps of one thing by several methods, side by side. */
export function View({ page }: { page: Page }) {
  const [comparison] = useState(() => openComparison(page));
  const shown = comparison.shown.value;
  useEffect(() => {
    page.drops.value = async (picking) => {
      const picked = await picking;
      if (picked.length !== 1 || !/\.(?:npy|csv|parquet)$/i.test(picked[0]!.name)) return page.take(picking);
      comparison.source.value = 'file';
      comparison.file.value = picked[0];
    };
    return () => {
      page.drops.value = undefined;
    };
  }, [page, comparison]);
  const host = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow(host);
  return (
    <div class="compare-view" ref={host}>
      <Choice page={page} comparison={comparison} />
      {shown && (
        <section class="panel in-all" aria-label="In all maps">
          <LinkTools link={shown.link} count={shown.points.count} />
          {comparison.isTinted.value ? (
            <TrustLegend />
          ) : (
            <ClassLegend names={shown.names} isolated={shown.link.isolated} />
          )}
          {!isNarrow.value && <UnderHand link={shown.link} of={shown.things} />}
          <label class="tick">
            <input
              type="checkbox"
              checked={comparison.isTinted.value}
              onChange={({ currentTarget }) => {
                shown.link.isolated.value = undefined;
                comparison.isTinted.value = currentTarget.checked;
              }}
            />
            Colour dots by how many of their neighbours each map keeps
          </label>
        </section>
      )}
      {isNarrow.value && <MapSwitch comparison={comparison} />}
      <div class={isNarrow.value ? 'linked-maps one' : 'linked-maps three'}>
        {comparison.maps.map((map) => (
          <MethodPanel key={map.method.name} {...{ comparison, map, isNarrow }} />
        ))}
      </div>
    </div>
  );
}

/** Below this width, in CSS pixels, there is no room for two maps side by side: one is shown at a time. */
const TWO_MAPS = 616;

/** Known before anything is seen: nothing moves for it. */
function useIsNarrow(host: RefObject<HTMLDivElement | null>): ReadonlySignal<boolean> {
  const isNarrow = useSignal(false);
  useLayoutEffect(() => {
    const look = () => {
      isNarrow.value = host.current!.clientWidth < TWO_MAPS;
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, []);
  return isNarrow;
}

/** What is laid out, and by which press. */
function Choice({ page, comparison }: { page: Page; comparison: Comparison }) {
  const { source, file, isStandardized, isSlow, isRunning, shown, fault } = comparison;
  const hasRun = page.lab.pictures.value !== undefined && !page.lab.poster.value;
  const canStart = source.value === 'file' ? file.value !== undefined : hasRun;
  return (
    <section class="panel" aria-label="What is laid out">
      <div class="panel-head">
        <h2>Many numbers on a plane</h2>
        <select
          aria-label="What is laid out"
          value={source.value}
          onChange={({ currentTarget }) => {
            source.value = SOURCES.find((name) => name === currentTarget.value) ?? 'codes';
          }}
        >
          {SOURCES.map((name) => (
            <option key={name} value={name}>
              {SOURCE_WORDS[name]}
            </option>
          ))}
        </select>
        {source.value === 'file' && (
          <>
            <FileField
              words="Choose a .npy, .csv or .parquet"
              isFolder={false}
              take={([chosen]) => {
                file.value = chosen && { name: chosen.name, file: chosen };
              }}
            />
            <label class="tick">
              <input
                type="checkbox"
                checked={isStandardized.value}
                onChange={({ currentTarget }) => {
                  isStandardized.value = currentTarget.checked;
                }}
              />
              columns to one scale
            </label>
          </>
        )}
        <label class="tick" title="t-SNE and UMAP do most in their first 50 steps: each is shown">
          <input
            type="checkbox"
            checked={isSlow.value}
            onChange={({ currentTarget }) => {
              isSlow.value = currentTarget.checked;
            }}
          />
          slow start
        </label>
        {isRunning.value ? (
          <button type="button" onClick={comparison.stopAll}>
            Stop all
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={!canStart}
            onClick={() => void comparison.startAll()}
          >
            Lay out by all three
          </button>
        )}
      </div>
      <p class="dim">
        {source.value === 'file'
          ? file.value
            ? `Chosen: ${file.value.name}.`
            : 'A table with a row each, or an array. It stays on this computer.'
          : hasRun
            ? `Each dot is ${page.lab.data.value?.table ? 'a row' : 'an image'}. One that is under the hand in a map is marked in all.`
            : 'There are no codes yet: train a network, open a run, or lay a file out.'}
        {shown.value &&
          ` Laid out: ${shown.value.title}, ${sayCount(shown.value.points.count)} rows of ${sayCount(shown.value.points.dimensions)} numbers.`}
      </p>
      {shown.value && shown.value.notes.length > 0 && <p class="dim">{shown.value.notes.join(' ')}</p>}
      {fault.value && (
        <div class="notice bad" role="alert">
          {fault.value.words}
        </div>
      )}
    </section>
  );
}

/** What the colours of trust mean. */
function TrustLegend() {
  return (
    <ul class="trust" aria-label="Neighbours kept">
      {TRUST_NAMES.map((name, i) => (
        <li key={name}>
          <span
            class="swatch"
            ref={(dot) => {
              const color = SHARE_COLORS[i]!;
              paintSwatch(dot, { light: color, dark: color, contrast: color });
            }}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}
