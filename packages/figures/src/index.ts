export { fontUrls } from './font-urls.ts';
export type { LossRow } from './loss-row.ts';
export { type LossCurvesOptions, plotLossCurves } from './plot-loss-curves.ts';
export { type RenderPngOptions, renderPng } from './render-png.ts';
