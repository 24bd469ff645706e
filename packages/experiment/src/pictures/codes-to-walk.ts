import { type Codes, hasStandardPrior, type ModelSpec } from '@latentkit/models';

/**
 * Codes as a walk among them needs them: where their prior is learned, or an upper level makes it, nothing but they themselves says how far
 * they go and which of their numbers carry most.
 */
export function codesToWalk(spec: Pick<ModelSpec, 'kind' | 'prior'>, codes: Codes): Codes {
  const { logVar: _, ...asPoints } = codes;
  return hasStandardPrior(spec) ? codes : asPoints;
}

/** Where walks start: at the mean of a prior, or of the codes of a model without one. */
export function originOf(latentDim: number, { mean, logVar }: Codes): Float32Array {
  const origin = new Float64Array(latentDim);
  if (!logVar) for (let i = 0; i < mean.length; i++) origin[i % latentDim]! += mean[i]!;
  return Float32Array.from(origin, (sum) => (sum * latentDim) / Math.max(1, mean.length));
}
