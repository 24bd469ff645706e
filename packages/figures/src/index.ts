export { drawImageRows, type ImageRows, type ImageRowsOptions } from './mosaics/draw-image-rows.ts';
export { type DecodedGrid, drawLatentGrid, type LatentGridOptions } from './mosaics/draw-latent-grid.ts';
export {
  drawReconstructions,
  type Reconstructions,
  type ReconstructionsOptions,
} from './mosaics/draw-reconstructions.ts';
export { drawSamples, type Samples, type SamplesOptions } from './mosaics/draw-samples.ts';
export type { Pixels } from './mosaics/image-input.ts';
export type { Mosaic } from './mosaics/image-mosaic.ts';
export { type LatentGrid, latentGridPoints } from './mosaics/latent-grid-points.ts';
export { encodePng, type TileOptions, tileImages } from './mosaics/tile-images.ts';
export type { LossRow } from './plots/loss-row.ts';
export { type PlotCellsOptions, type PlottedCells, plotCells } from './plots/plot-cells.ts';
export { type CodebookUse, type CodebookUseOptions, plotCodebookUse } from './plots/plot-codebook-use.ts';
export { type ColumnScore, type PlotColumnsOptions, plotColumns } from './plots/plot-columns.ts';
export {
  type PlotImportancesOptions,
  type PlottedImportance,
  plotImportances,
} from './plots/plot-importances.ts';
export {
  type KlByDimension,
  type KlByDimensionOptions,
  plotKlByDimension,
} from './plots/plot-kl-by-dimension.ts';
export { type LatentScatterOptions, plotLatentScatter } from './plots/plot-latent-scatter.ts';
export { type LossCurvesOptions, plotLossCurves } from './plots/plot-loss-curves.ts';
export {
  type ParallelAxis,
  type ParallelLine,
  type PlotParallelCoordinatesOptions,
  plotParallelCoordinates,
} from './plots/plot-parallel-coordinates.ts';
export { type ProjectionMap, type ProjectionsOptions, plotProjections } from './plots/plot-projections.ts';
export { plotRunCurves, type RunCurve, type RunCurvesOptions } from './plots/plot-run-curves.ts';
export type { PlaneNormal } from './plots/prior-rings.ts';
export type { LatentScatter } from './plots/scatter-points.ts';
