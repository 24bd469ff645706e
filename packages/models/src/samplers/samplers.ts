import { aggregatePosteriorKind } from './aggregate-posterior.ts';
import { gaussianMixture } from './gaussian-mixture.ts';
import type { SamplerKind } from './sampler.ts';

/** Every sampler that can be saved: adding one is a file and a line. */
export const SAMPLERS: readonly SamplerKind[] = [gaussianMixture, aggregatePosteriorKind];
