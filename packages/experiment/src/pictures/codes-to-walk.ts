import type { Codes, ModelSpec } from '@latentkit/models';

/**
 * Codes as a walk among them needs them: where an upper level makes their prior, nothing but they themselves says how far they go and
 * which of their numbers carry most.
 */
export function codesToWalk({ kind }: Pick<ModelSpec, 'kind'>, codes: Codes): Codes {
  return kind === 'hierarchical' ? { mean: codes.mean } : codes;
}

/** Where walks start: at the mean of a prior, or of the codes of a model without one. */
export function originOf(latentDim: number, { mean, logVar }: Codes): Float32Array {
  const origin = new Float64Array(latentDim);
  if (!logVar) for (let i = 0; i < mean.length; i++) origin[i % latentDim]! += mean[i]!;
  return Float32Array.from(origin, (sum) => (sum * latentDim) / Math.max(1, mean.length));
}
