import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { anything, checkOptions } from '@latentkit/core/options';
import { fontUrls } from './font-urls.ts';
import { renderPng } from './render-png.ts';

export interface SvgToPngOptions {
  /** Pixels per CSS pixel; 2 by default. */
  scale?: number;
}

let files: Promise<{ wasm: Uint8Array<ArrayBuffer>; fonts: Uint8Array[] }> | undefined;

async function readFiles() {
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  const [module, ...fonts] = await Promise.all([readFile(wasm), ...fontUrls.map((url) => readFile(url))]);
  return { wasm: module, fonts };
}

/**
 * An SVG as the bytes of a PNG file, under Node: the renderer and the font come with the package, and no font of the
 * machine is used, so that the same SVG gives the same bytes everywhere.
 *
 * @throws as {@link renderPng}.
 * @example
 * await writeFile('loss.png', await svgToPng(plotLossCurves(history)));
 */
export async function svgToPng(svg: string, options: SvgToPngOptions = {}): Promise<Uint8Array> {
  checkOptions('svgToPng', options, { scale: anything });
  const { scale = 2 } = options;
  files ??= readFiles();
  return renderPng(svg, { scale, ...(await files) });
}
