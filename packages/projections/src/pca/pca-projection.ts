import { LatentkitError } from '@latentkit/core';
import { type Points, requirePoints } from '../points.ts';
import { asProjection } from '../run-projection.ts';
import { finish, type Work } from '../work.ts';
import { measure, scaleFor } from './deviations.ts';
import type { FittedPca } from './fit-pca.ts';
import type { PcaModel } from './pca-model.ts';
import type { PcaProjection } from './pca-options.ts';
import type { Products } from './products.ts';

export interface PcaSettings {
  readonly count: number;
  readonly dimensions: number;
  readonly components: number;
  readonly whiten: boolean;
  readonly seed: number;
  readonly solver: 'full' | 'randomized';
  readonly precision: Products['precision'];
}

/** A projection from the work that fits it, or from what that gave. */
export function pcaProjection(
  settings: PcaSettings,
  start: Work<FittedPca> | FittedPca,
  products: Products,
): PcaProjection {
  const { count, dimensions, components, whiten } = settings;
  let fraction = 0;
  let fitted = 'model' in start ? start : undefined;
  let failure: { error: unknown } | undefined;

  const needFitted = (member: string): FittedPca => {
    if (fitted) return fitted;
    throw new LatentkitError('E_USAGE', `pca: ${member} is known at the end only`, {
      fix: 'Await run() first',
    });
  };
  const modelOf = (member: keyof PcaModel) => needFitted(member).model[member];
  const requireWidth = (points: Points, width: number, where: string) => {
    requirePoints(points, where);
    if (points.dimensions === width) return;
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: expected points of ${width} dimensions, got ${points.dimensions}`,
    );
  };

  return asProjection({
    method: 'pca',
    count,
    components,
    get progress() {
      return fitted
        ? { stage: 'done' as const, step: 1, steps: 1, fraction: 1 }
        : { stage: 'optimize' as const, step: 0, steps: 1, fraction };
    },
    get embedding() {
      return fitted ? scaled(fitted.codes, fitted.model, whiten) : new Float32Array(count * components);
    },
    warnings: [],
    step() {
      if (fitted || 'model' in start) return;
      if (failure) throw failure.error;
      try {
        const { done, value } = start.next();
        if (done) fitted = value;
        else fraction = Math.max(fraction, value);
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
    transform(points: Points) {
      const { model } = needFitted('transform');
      requireWidth(points, dimensions, 'pca: transform');
      const { mean, directions } = model;
      const scale = scaleFor(finish(measure(points, mean)).largest, dimensions, 'pca: transform');
      const codes = finish(products.project({ points, mean, scale }, directions, components));
      for (let i = 0; i < codes.length; i++) codes[i]! /= scale;
      return scaled(codes, model, whiten);
    },
    inverseTransform(codes: Points) {
      const { model } = needFitted('inverseTransform');
      requireWidth(codes, components, 'pca: inverseTransform');
      const points = new Float32Array(codes.count * dimensions);
      const sum = new Float64Array(dimensions);
      for (let row = 0; row < codes.count; row++) {
        sum.set(model.mean);
        for (let i = 0; i < components; i++) {
          const deviation = whiten ? Math.sqrt(model.explainedVariance[i]!) : 1;
          const code = codes.data[row * components + i]! * deviation;
          for (let d = 0; d < dimensions; d++) sum[d]! += code * model.directions[i * dimensions + d]!;
        }
        points.set(sum, row * dimensions);
      }
      return points;
    },
    save() {
      const { model, codes } = needFitted('save');
      const { mean, directions, explainedVariance, explainedVarianceRatio } = model;
      return {
        method: 'pca',
        version: 1 as const,
        settings: { ...settings },
        arrays: {
          mean: { shape: [dimensions], data: mean.slice() },
          directions: { shape: [components, dimensions], data: directions.slice() },
          explainedVariance: { shape: [components], data: explainedVariance.slice() },
          explainedVarianceRatio: { shape: [components], data: explainedVarianceRatio.slice() },
          codes: { shape: [count, components], data: codes.slice() },
        },
      };
    },
    get mean() {
      return modelOf('mean');
    },
    get directions() {
      return modelOf('directions');
    },
    get explainedVariance() {
      return modelOf('explainedVariance');
    },
    get explainedVarianceRatio() {
      return modelOf('explainedVarianceRatio');
    },
    get singularValues() {
      return modelOf('singularValues');
    },
  });
}

/** A copy of codes, in standard deviations if `whiten`. */
function scaled(codes: Float32Array, { explainedVariance }: PcaModel, whiten: boolean): Float32Array {
  const copy = codes.slice();
  if (!whiten) return copy;
  const deviations = explainedVariance.map(Math.sqrt);
  for (let at = 0; at < copy.length; at += deviations.length) {
    for (const [i, deviation] of deviations.entries()) {
      copy[at + i] = deviation > 0 ? copy[at + i]! / deviation : 0;
    }
  }
  return copy;
}
