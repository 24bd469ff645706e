import { LatentkitError } from '@latentkit/core';
import { type OptionRules, whole } from '@latentkit/core/options';

/** A picture that was read: bytes, `[height, width, channels]`; grey (1), grey and alpha (2), RGB (3) or RGBA (4), alpha not multiplied in. */
export interface PictureBytes {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface ParsePictureOptions {
  /** Most pixels to make room for. */
  maxPixels?: number;
}

export const PICTURE_RULES: OptionRules<ParsePictureOptions> = { maxPixels: whole(1) };

/** Throws `E_LIMIT` before memory is taken for more pixels than are wanted. */
export function checkPixels(where: string, width: number, height: number, maxPixels: number): void {
  if (width * height <= maxPixels) return;
  throw new LatentkitError(
    'E_LIMIT',
    `${where}: expected at most ${maxPixels} pixels (maxPixels), got ${width} x ${height}`,
    { fix: 'A program that trusts the file may raise maxPixels' },
  );
}
