import type { PictureOptions } from './picture-options.ts';

/** What codes may be drawn from. */
export const SAMPLER_NAMES = ['prior', 'mixture', 'aggregate'] as const;

export type SamplerName = (typeof SAMPLER_NAMES)[number];

export interface SampleOptions extends PictureOptions {
  count?: number;
  grid?: { rows: number; columns: number };
  seed: number;
  around?: number;
  spread?: number;
  from?: SamplerName;
  components?: number;
  fromFile?: string;
  delimiter?: string;
}
