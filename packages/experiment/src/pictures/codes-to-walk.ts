import type { Codes, ModelSpec } from '@latentkit/models';

/**
 * Codes as a walk among them needs them: where an upper level makes their prior, nothing but they themselves says how far they go and
 * which of their numbers carry most.
 */
export function codesToWalk({ kind }: Pick<ModelSpec, 'kind'>, codes: Codes): Codes {
  return kind === 'hierarchical' ? { mean: codes.mean } : codes;
}
