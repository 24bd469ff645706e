import { LatentkitError } from '@latentkit/core';
import { type Points, requirePoints } from '../points.ts';
import type { Projection } from '../projection.ts';
import { asProjection } from '../run-projection.ts';
import { doneAfter, type TsneUpdate } from './fit-tsne.ts';
import type { PlaceNewPoints } from './place-new-points.ts';
import type { TsneSettings } from './tsne-parts.ts';

/** A map that is finished. */
export interface FinishedTsne {
  readonly step: number;
  readonly objective?: number;
  /** `[count, 2]` */
  readonly places: Float32Array;
}

/** A t-SNE under way, from what `fitTsne` does, or one that is finished. */
export function tsneProjection(
  points: Points,
  settings: TsneSettings,
  start: Generator<TsneUpdate, TsneUpdate> | FinishedTsne,
  placeNewPoints: PlaceNewPoints,
): Projection {
  const { count, dimensions } = points;
  let work = 'next' in start ? start : undefined;
  let failure: { error: unknown } | undefined;
  let latest: TsneUpdate = 'next' in start ? notBegun(settings.iterations) : finished(start);

  const requireEnd = (member: string): Float32Array => {
    if (latest.progress.stage === 'done') return latest.places!;
    throw new LatentkitError('E_USAGE', `tsne: ${member} is possible at the end only`, {
      fix: 'Await run() first',
    });
  };

  return asProjection({
    ...{ method: 'tsne', count, components: 2, warnings: settings.warnings },
    get progress() {
      return latest.progress;
    },
    get embedding() {
      return latest.places?.slice() ?? new Float32Array(2 * count);
    },
    step() {
      if (failure) throw failure.error;
      if (!work) return;
      try {
        const { done, value } = work.next();
        latest = value;
        if (done) work = undefined; // and with it all memory of the fit
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
    transform(newPoints) {
      const places = requireEnd('transform');
      requirePoints(newPoints, 'tsne: transform');
      if (newPoints.dimensions !== dimensions) {
        throw new LatentkitError(
          'E_SHAPE',
          `tsne: transform: expected points of ${dimensions} dimensions, got ${newPoints.dimensions}`,
        );
      }
      return placeNewPoints(newPoints, places);
    },
    save() {
      const places = requireEnd('save');
      const { step, objective } = latest.progress;
      return {
        method: 'tsne',
        version: 1,
        settings: { ...settings, step, ...(objective === undefined ? {} : { objective }) },
        arrays: {
          points: { shape: [count, dimensions], data: points.data.slice() },
          embedding: { shape: [count, 2], data: places.slice() },
        },
      };
    },
  });
}

function notBegun(steps: number): TsneUpdate {
  return { progress: { stage: 'neighbors', step: 0, steps, fraction: 0 }, places: undefined };
}

function finished({ places, ...last }: FinishedTsne): TsneUpdate {
  return { progress: doneAfter(last), places };
}
