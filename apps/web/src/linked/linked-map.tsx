import { nextTurn } from '@latentkit/core';
import { useEffect, useRef } from 'preact/hooks';
import { MAP_ROLE } from '../scatter/events.ts';
import { prepareWebglPoints } from '../scatter/webgl-points.ts';
import { TOUCH_HINT } from '../text/map-news.ts';
import type { Link } from './link.ts';
import { type LinkedPoints, type OpenedMap, openLinkedMap } from './open-linked-map.ts';

interface LinkedMapProps {
  readonly points: LinkedPoints;
  readonly link: Link;
  readonly label: string;
}

/**
 * To open a map takes a moment, most of all without a GPU: one after the other, so that the page draws between two. None has points before
 * all of them are open: its frames would wait for a driver that is busy with the next one.
 */
let opening: Promise<unknown> = Promise.resolve();

/** One of several maps of the same things; `label` says what it is of to those who do not see it. */
export function LinkedMap({ points, link, label }: LinkedMapProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = host.current!;
    for (const [name, value] of Object.entries({ ...MAP_ROLE, 'aria-label': label, 'aria-busy': true }))
      at.setAttribute(name, String(value));
    let isGone = false;
    let map: OpenedMap | undefined;
    const inTurn = (act: () => unknown) => {
      opening = opening
        .then(nextTurn)
        .then(() => (isGone ? undefined : act()))
        .catch(reportError);
    };
    inTurn(async () => {
      const webgl = await prepareWebglPoints({ width: at.clientWidth, height: at.clientHeight });
      // Nothing is asked of an element that has left the page meanwhile: it has no colours.
      if (isGone) webgl?.destroy();
      else map = openLinkedMap(at, points, { link, webgl });
    });
    // The maps beside it ask to be opened meanwhile.
    void nextTurn().then(() =>
      inTurn(() => {
        map?.show();
        at.removeAttribute('aria-busy');
      }),
    );
    return () => {
      isGone = true;
      map?.close();
    };
  }, [points, link, label]);
  return <div class="map linked" ref={host} />;
}

/** What goes with linked maps once: the lasso, what is taken by it, and how fingers hold a map. */
export function LinkTools({ link, count }: { link: Link; count: number }) {
  const rows = link.selected.value;
  return (
    <div class="row">
      <button
        type="button"
        aria-pressed={link.tool.value === 'lasso'}
        onClick={() => {
          link.tool.value = link.tool.value === 'lasso' ? 'probe' : 'lasso';
        }}
      >
        Lasso
      </button>
      {rows && (
        <button
          type="button"
          onClick={() => {
            link.mask.value = undefined;
          }}
        >
          Clear
        </button>
      )}
      <span role="status">{rows ? `${rows.length} of ${count} taken, in all maps` : ''}</span>
      <p class="map-hint of-touch">{TOUCH_HINT}</p>
      <p class="unseen" aria-live="polite">
        {link.said}
      </p>
    </div>
  );
}
