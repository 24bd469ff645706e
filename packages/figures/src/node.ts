export { type SvgToPngOptions, svgToPng } from './png/svg-to-png.ts';
