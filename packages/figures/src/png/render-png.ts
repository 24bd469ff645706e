import { LatentkitError } from '@latentkit/core';
import { anything, checkOptions } from '@latentkit/core/options';
import { type InitInput, initWasm, Resvg } from '@resvg/resvg-wasm';

export interface RenderPngOptions {
  /** Pixels per CSS pixel; 2 by default. */
  scale?: number;
  /** Bytes of the TrueType fonts to set the text in; no other font is looked for. Those of `fontUrls`. */
  fonts: readonly Uint8Array[];
  /** `@resvg/resvg-wasm/index_bg.wasm`: its bytes, module, response or URL. Only the first call reads it. */
  wasm: InitInput | Promise<InitInput>;
}

/** Beyond, resvg runs out of the memory that WebAssembly gives it, and can draw nothing any more. */
const MOST_PIXELS = 2 ** 27;

// resvg-wasm is one instance to a program, and throws when it is started twice.
let started: Promise<void> | undefined;

async function start(wasm: RenderPngOptions['wasm']): Promise<void> {
  try {
    await initWasm(wasm);
  } catch (cause) {
    if (String(cause).includes('Already initialized')) return; // by someone else in this program
    started = undefined;
    throw new LatentkitError('E_BACKEND', `renderPng: resvg's WebAssembly did not start: ${cause}`, {
      cause,
    });
  }
}

/**
 * An SVG as the bytes of a PNG file, in Node and in browsers alike.
 *
 * @param svg a standalone SVG, as all figures here are.
 * @returns RGBA, 8 bits a channel, `scale` times the size of the SVG.
 * @throws `E_RANGE` when `scale` is not positive; `E_LIMIT` for more than 2^27 pixels; `E_BACKEND` when the WebAssembly cannot be started; `E_FORMAT` when
 * the SVG cannot be read.
 * @example
 * const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
 * const png = await renderPng(svg, { fonts: await Promise.all(fontUrls.map((url) => bytes(url.href))), wasm: fetch(wasmUrl) });
 */
export async function renderPng(svg: string, options: RenderPngOptions): Promise<Uint8Array> {
  checkOptions('renderPng', options, { scale: anything, fonts: anything, wasm: anything });
  const { scale = 2, fonts, wasm } = options;
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new LatentkitError('E_RANGE', `renderPng: expected a scale > 0, got ${scale}`);
  }
  started ??= start(wasm);
  await started;
  try {
    const resvg = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: scale },
      font: { fontBuffers: [...fonts], defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
    });
    const [width, height] = [resvg.width, resvg.height].map((size) => Math.ceil(size * scale)) as [
      number,
      number,
    ];
    if (width * height > MOST_PIXELS) {
      resvg.free();
      throw new LatentkitError(
        'E_LIMIT',
        `renderPng: expected at most 2^27 pixels, got ${width} x ${height} at a scale of ${scale}`,
        { fix: 'Take a smaller scale, or the SVG, which has no pixels' },
      );
    }
    const image = resvg.render();
    const png = image.asPng();
    image.free();
    resvg.free();
    return png;
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    throw new LatentkitError('E_FORMAT', `renderPng: the SVG cannot be drawn: ${cause}`, { cause });
  }
}
