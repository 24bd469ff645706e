import { klByDimension } from './kl-by-dimension-figure.ts';
import { latentGrid } from './latent-grid-figure.ts';
import { latentScatter } from './latent-scatter-figure.ts';
import { lossCurves } from './loss-curves-figure.ts';
import { reconstructions } from './reconstructions-figure.ts';
import { samples } from './samples-figure.ts';

/** The figures of a run, in the order a reader wants them. */
export const RUN_FIGURES = [
  lossCurves,
  reconstructions,
  samples,
  latentGrid,
  latentScatter,
  klByDimension,
] as const;

/** What their files are called. */
export const FIGURE_NAMES = RUN_FIGURES.map(({ name }) => name);
