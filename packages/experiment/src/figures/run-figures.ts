import { codebookUse } from './codebook-use-figure.ts';
import { columns } from './columns-figure.ts';
import { klByDimension } from './kl-by-dimension-figure.ts';
import { latentGrid } from './latent-grid-figure.ts';
import { latentScatter } from './latent-scatter-figure.ts';
import { latentWalk } from './latent-walk-figure.ts';
import { lossCurves } from './loss-curves-figure.ts';
import { originals } from './originals-figure.ts';
import { reconstructions } from './reconstructions-figure.ts';
import { sampleRow, samples } from './samples-figure.ts';
import { traversal } from './traversal-figure.ts';

/** The figures of a run; what they may be told, and their order where nobody chose, is in `figure-specs.ts`. */
export const RUN_FIGURES = [
  lossCurves,
  reconstructions,
  columns,
  samples,
  sampleRow,
  originals,
  latentGrid,
  latentWalk,
  traversal,
  latentScatter,
  klByDimension,
  codebookUse,
] as const;
