export { type DecodedGrid, drawLatentGrid, type LatentGridOptions } from './draw-latent-grid.ts';
export {
  drawReconstructions,
  type Reconstructions,
  type ReconstructionsOptions,
} from './draw-reconstructions.ts';
export { drawSamples, type Samples, type SamplesOptions } from './draw-samples.ts';
export { fontUrls } from './font-urls.ts';
export type { Pixels } from './image-input.ts';
export { type LatentGrid, latentGridPoints } from './latent-grid-points.ts';
export type { LossRow } from './loss-row.ts';
export { type LatentScatterOptions, plotLatentScatter } from './plot-latent-scatter.ts';
export { type LossCurvesOptions, plotLossCurves } from './plot-loss-curves.ts';
export { type ProjectionMap, type ProjectionsOptions, plotProjections } from './plot-projections.ts';
export { type RenderPngOptions, renderPng } from './render-png.ts';
export type { LatentScatter } from './scatter-points.ts';
