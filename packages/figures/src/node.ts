export { type SvgToPngOptions, svgToPng } from './svg-to-png.ts';
