import { LatentkitError } from '@latentkit/core';
import { checkOptions, functionRule, type OptionRules } from '@latentkit/core/options';
import type { DecodedImage } from '../import/flatten-image.ts';
import type { DecodeImage } from '../import/image-store.ts';
import { isJpegFrame, jpegSegments } from '../import/jpeg-segments.ts';
import { reasonOf } from '../import/unpack-files.ts';
import { uprightImage } from '../import/upright-image.ts';

/** How the decoders' WebAssembly is had, each when the first image wants it; by default it is fetched from beside their scripts, as bundlers lay it. */
export interface DecoderModules {
  jpeg?: () => WebAssembly.Module | Promise<WebAssembly.Module>;
  webp?: () => WebAssembly.Module | Promise<WebAssembly.Module>;
}

type Format = keyof DecoderModules;

/** What a codec's script gives. */
interface Codec {
  /** Nothing where it cannot; it takes so many arguments and no more. */
  decode(bytes: Uint8Array, ...turns: boolean[]): Omit<DecodedImage, 'channels'> | null | undefined;
}
type StartCodec = (options: object) => Promise<Codec>;

const RULES: OptionRules<DecoderModules> = { jpeg: functionRule, webp: functionRule };
const SCRIPTS: Readonly<Record<Format, () => Promise<{ default: unknown }>>> = {
  jpeg: () => import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js'),
  webp: () => import('@jsquash/webp/codec/dec/webp_dec.js'),
};

/** What libjpeg says of pictures that are whole all the same. */
const HARMLESS = /extraneous bytes before marker|Invalid SOS parameters/;

/**
 * A decoder of JPEG (baseline and progressive, grey or colour) and WebP for `importFiles`: libjpeg and libwebp as WebAssembly, to the same
 * bytes on every machine, in Node and in pages; those of Pillow. Images are turned as the camera was held. Colour profiles are
 * not applied.
 *
 * What a damaged image would be filled up with is refused: it throws, `E_FORMAT`, what the library has to say of it.
 *
 * @example
 * const { dataset } = await importFiles(files, { decode: createImageDecoder(), size: 28 });
 */
export function createImageDecoder(modules: DecoderModules = {}): DecodeImage {
  checkOptions('createImageDecoder', modules, RULES);
  const codecs = { jpeg: startedCodec('jpeg', modules.jpeg), webp: startedCodec('webp', modules.webp) };
  return async (bytes, { format }) => {
    if (format !== 'jpeg' && format !== 'webp') {
      throw new LatentkitError('E_USAGE', `a decoder of JPEG and WebP was given ${format}`);
    }
    if (format === 'jpeg' && samplesOf(bytes) === 4) {
      throw new LatentkitError('E_FORMAT', 'its colours are for print (CMYK)', { fix: 'Save it in RGB.' });
    }
    return uprightImage(await codecs[format](bytes), bytes, format);
  };
}

/** A codec that starts with its first image, and anew after one that it choked on: its memory is not to be trusted then. */
function startedCodec(
  format: Format,
  load: DecoderModules[Format],
): (bytes: Uint8Array) => Promise<DecodedImage> {
  let module: Promise<WebAssembly.Module> | undefined;
  let running: { codec: Promise<Codec>; said: string[] } | undefined;

  function start(): NonNullable<typeof running> {
    const said: string[] = []; // of the image at hand
    const codec = (async () => {
      module ??= load && Promise.resolve(load());
      return startCodec(format, module, said);
    })();
    return { said, codec };
  }

  return async (bytes) => {
    running ??= start();
    const { codec, said } = running;
    const { decode } = await codec.catch((cause: unknown) => {
      module = running = undefined; // the next image asks anew
      throw new LatentkitError('E_IO', `the decoder of ${format} cannot be had: ${reasonOf(cause)}`, {
        cause,
      });
    });
    said.length = 0;
    let image: ReturnType<Codec['decode']>;
    try {
      image = withImageData(() => (format === 'jpeg' ? decode(bytes, false) : decode(bytes)));
    } catch (cause) {
      running = undefined; // the library's exit
      throw new LatentkitError('E_FORMAT', `it is damaged: ${said[0] ?? reasonOf(cause)}`, { cause });
    }
    const fault = said.find((text) => !HARMLESS.test(text));
    if (!image || fault !== undefined) {
      throw new LatentkitError('E_FORMAT', `it is damaged${fault === undefined ? '' : `: ${fault}`}`);
    }
    const { width, height, data } = image;
    return { width, height, channels: 4, data };
  };
}

async function startCodec(
  format: Format,
  module: Promise<WebAssembly.Module> | undefined,
  said: string[],
): Promise<Codec> {
  const [{ default: script }, compiled] = await Promise.all([SCRIPTS[format](), module]);
  return withImageData(() =>
    (script as StartCodec)({
      ...(compiled && {
        instantiateWasm: (
          imports: WebAssembly.Imports,
          done: (instance: WebAssembly.Instance) => void,
        ): WebAssembly.Exports => {
          const instance = new WebAssembly.Instance(compiled, imports);
          done(instance);
          return instance.exports;
        },
      }),
      print: (text: string) => said.push(text),
      printErr: (text: string) => said.push(text),
    }),
  );
}

/** What the codecs' scripts make pictures with; they look for it, and Node has none. */
class BareImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** Calls what wants an `ImageData`, and leaves no trace in the program around it. */
function withImageData<Value>(call: () => Value): Value {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'ImageData');
  Object.defineProperty(globalThis, 'ImageData', { value: BareImage, configurable: true, writable: true });
  try {
    return call();
  } finally {
    if (own) Object.defineProperty(globalThis, 'ImageData', own);
    else Reflect.deleteProperty(globalThis, 'ImageData');
  }
}

/** How many samples a pixel of a JPEG has; 0 where it does not say. */
function samplesOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const { marker, at } of jpegSegments(view)) if (isJpegFrame(marker)) return view.getUint8(at + 9);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // cut off: libjpeg says what is missing
  }
  return 0;
}
