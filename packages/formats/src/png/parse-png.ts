import { checkOptions } from '@latentkit/core/options';
import { asBytes } from '../arrays/as-bytes.ts';
import { createGrowingArray } from '../arrays/growing-array.ts';
import {
  checkPixels,
  type ParsePictureOptions,
  PICTURE_RULES,
  type PictureBytes,
} from '../arrays/picture.ts';
import { InflateError, inflate } from '../gzip/inflate.ts';
import { unpackByPlatform } from '../gzip/unpack-by-platform.ts';
import { MAX_PICTURE_PIXELS } from '../limits.ts';
import { COLOR_TYPES, type PngChunks, readChunks, wrongPng } from './png-chunks.ts';
import { unfilterRow } from './unfilter-row.ts';

/** Of an interlaced image, the seven passes: the first column and row, and the steps to the next. */
const PASSES: readonly (readonly [x: number, y: number, dx: number, dy: number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];
const SMALL_BYTES = 16_384; // unpacked sooner than the platform's stream is set up

/**
 * Reads a PNG of any kind as bytes: palettes become colours, 16 bits the nearest of 8, fewer bits their share of 255;
 * interlaced or not. Colours are what the file has, without gamma and profiles, so that they are the same everywhere.
 *
 * @throws `E_FORMAT` for what is no PNG, is cut off or damaged, or whose pixels come to another number than it says; `E_LIMIT`
 * beyond `maxPixels`, before anything is unpacked; `E_USAGE` for what are no bytes.
 * @example
 * const { width, height, channels, data } = await parsePng(new Uint8Array(await file.arrayBuffer()));
 * @see https://www.w3.org/TR/png-3/
 */
export async function parsePng(
  file: Uint8Array | ArrayBufferLike,
  options: ParsePictureOptions = {},
): Promise<PictureBytes> {
  checkOptions('parsePng', options, PICTURE_RULES);
  const { maxPixels = MAX_PICTURE_PIXELS } = options;
  const png = readChunks(asBytes('parsePng', file));
  const { width, height } = png;
  checkPixels('parsePng', width, height, maxPixels);
  const passes = png.isInterlaced ? PASSES : [[0, 0, 1, 1] as const];
  const bits = COLOR_TYPES[png.colorType]!.samples * png.depth;
  const sizes = passes.map(([x, y, dx, dy]) => {
    const [columns, rows] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    return columns > 0 && rows > 0 ? { columns, rows, line: Math.ceil((columns * bits) / 8) } : undefined;
  });
  const raw = await unpack(
    png.packed,
    sizes.reduce((sum, size) => sum + (size ? size.rows * (size.line + 1) : 0), 0),
  );
  const channels = channelsOf(png);
  const data = new Uint8Array(width * height * channels);
  const write = pixelWriter(png, channels, data);
  let at = 0;
  for (const [pass, [x, y, dx, dy]] of passes.entries()) {
    const size = sizes[pass];
    if (!size) continue;
    let above = new Uint8Array(size.line);
    for (let row = 0; row < size.rows; row++) {
      const line = raw.subarray(at + 1, at + 1 + size.line);
      unfilterRow(raw[at]!, line, above, Math.max(1, bits >> 3));
      write(line, size.columns, ((y + row * dy) * width + x) * channels, dx * channels);
      above = line;
      at += size.line + 1;
    }
  }
  return { width, height, channels, data };
}

/** The filtered rows, exactly as many bytes as the image needs. */
async function unpack(packed: Uint8Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const [method = 0, flags = 0] = packed;
  if ((method & 15) !== 8 || (256 * method + flags) % 31 !== 0 || flags & 32) {
    throw wrongPng('its pixels are packed in no known way');
  }
  const atLimit = (): never => {
    throw wrongPng(`its pixels unpack to more than the ${size} bytes that it needs`);
  };
  try {
    let out: Uint8Array<ArrayBuffer> | undefined;
    if (packed.length > SMALL_BYTES)
      out = await unpackByPlatform(packed, 'deflate', { maxBytes: size, atLimit });
    if (!out) {
      const growing = createGrowingArray<Uint8Array<ArrayBuffer>>(Uint8Array, {
        ...{ where: 'parsePng', first: size, most: size, atLimit },
      });
      inflate(packed, 2, growing);
      out = growing.take();
    }
    if (out.length === size) return out;
    throw wrongPng(`its pixels unpack to ${out.length} bytes, expected ${size}`);
  } catch (cause) {
    if (!(cause instanceof InflateError)) throw cause;
    throw wrongPng(cause.message, cause);
  }
}

function channelsOf({ colorType, transparency, palette }: PngChunks): PictureBytes['channels'] {
  if (colorType === 4) return 2;
  if (colorType === 6) return 4;
  if (colorType === 3 && !palette) throw wrongPng('it has no palette (PLTE)');
  if (colorType === 0) return transparency ? 2 : 1;
  return transparency ? 4 : 3;
}

/** Writes the pixels of a row without filter into `data`, from an offset on, by steps. */
function pixelWriter(
  { depth, colorType, palette = new Uint8Array(), transparency }: PngChunks,
  channels: number,
  data: Uint8Array,
): (line: Uint8Array, columns: number, start: number, step: number) => void {
  const { samples } = COLOR_TYPES[colorType]!;
  const most = 2 ** depth - 1;
  const clear = transparency && keyOf(transparency, samples);
  const sampleAt = (line: Uint8Array, i: number) => {
    if (depth === 8) return line[i]!;
    if (depth === 16) return 256 * line[2 * i]! + line[2 * i + 1]!;
    return (line[(i * depth) >> 3]! >> (8 - depth - ((i * depth) & 7))) & most;
  };
  return (line, columns, start, step) => {
    if (depth === 8 && colorType !== 3 && channels === samples && step === channels) {
      data.set(line, start);
      return;
    }
    for (let column = 0, at = start; column < columns; column++, at += step) {
      if (colorType === 3) {
        const index = sampleAt(line, column);
        if (3 * index >= palette.length)
          throw wrongPng(`a colour ${index} of a palette of ${palette.length / 3}`);
        for (let color = 0; color < 3; color++) data[at + color] = palette[3 * index + color]!;
        if (channels === 4) data[at + 3] = transparency![index] ?? 255;
        continue;
      }
      let isClear = true;
      for (let i = 0; i < samples; i++) {
        const value = sampleAt(line, column * samples + i);
        isClear &&= clear?.[i] === value;
        data[at + i] = Math.floor((2 * 255 * value + most) / (2 * most)); // the nearest
      }
      if (channels > samples) data[at + samples] = isClear ? 0 : 255;
    }
  };
}

/** The transparent colour, two bytes a sample. */
function keyOf(transparency: Uint8Array, samples: number): number[] {
  return Array.from(
    { length: samples },
    (_, i) => 256 * (transparency[2 * i] ?? 0) + (transparency[2 * i + 1] ?? 0),
  );
}
