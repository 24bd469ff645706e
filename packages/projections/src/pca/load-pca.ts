import { LatentkitError } from '@latentkit/core';
import type { SavedProjection } from '../projection.ts';
import { requireSaved, savedNumbers } from '../saved-numbers.ts';
import { createGemmProducts } from './gemm-products.ts';
import type { PcaProjection } from './pca-options.ts';
import { type PcaSettings, pcaProjection } from './pca-projection.ts';
import { plainProducts } from './plain-products.ts';

/**
 * An equal of the projection that was saved.
 *
 * @throws `E_FORMAT` for what is not a saved PCA.
 * @example
 * const again = await loadPca(pca.save());
 * again.transform(points); // the same bits
 */
export async function loadPca(saved: SavedProjection): Promise<PcaProjection> {
  requireSaved(saved, 'loadPca');
  const settings = settingsOf(saved);
  const { count, dimensions, components, precision } = settings;
  const model = {
    mean: savedNumbers(saved, 'mean', Float64Array, dimensions, 'loadPca'),
    directions: savedNumbers(saved, 'directions', Float64Array, components * dimensions, 'loadPca'),
    explainedVariance: savedNumbers(saved, 'explainedVariance', Float64Array, components, 'loadPca'),
    explainedVarianceRatio: savedNumbers(
      saved,
      'explainedVarianceRatio',
      Float64Array,
      components,
      'loadPca',
    ),
  };
  const singularValues = model.explainedVariance.map((variance) =>
    Math.sqrt(variance * Math.max(1, count - 1)),
  );
  const fitted = {
    model: { ...model, singularValues },
    codes: savedNumbers(saved, 'codes', Float32Array, count * components, 'loadPca'),
  };
  const products = precision === 'float64' ? plainProducts : await createGemmProducts();
  return pcaProjection(settings, fitted, products);
}

function settingsOf({ method, version, settings }: SavedProjection): PcaSettings {
  // Those that were saved first had no warnings.
  const {
    count,
    dimensions,
    components,
    precision,
    whiten,
    seed,
    solver,
    warnings = [],
  } = (settings ?? {}) as Partial<PcaSettings>;
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 1;
  const isKnown =
    (precision === 'float64' || precision === 'float32') && (solver === 'full' || solver === 'randomized');
  if (
    method !== 'pca' ||
    version !== 1 ||
    !isKnown ||
    typeof whiten !== 'boolean' ||
    typeof seed !== 'number' ||
    !Array.isArray(warnings) ||
    !isSize(count) ||
    !isSize(dimensions) ||
    !isSize(components)
  ) {
    throw new LatentkitError(
      'E_FORMAT',
      `loadPca: expected what a PCA's save() gave, got method '${method}', version ${version}, settings ${JSON.stringify(settings)}`,
    );
  }
  return { count, dimensions, components, precision, whiten, seed, solver, warnings };
}
