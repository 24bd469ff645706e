export { fontUrls } from './png/font-urls.ts';
export { type RenderPngOptions, renderPng } from './png/render-png.ts';
