import { LatentkitError } from '@latentkit/core';
import { MOST_CATEGORIES } from './points.ts';

/** The colours of a map, as `#rrggbb`. */
export interface ScatterColors {
  readonly ground: string;
  readonly ink: string;
  /** Points that are not meant: not selected, of another class, of none. */
  readonly faint: string;
  /** The crosshair and the lasso. */
  readonly accent: string;
  /** One for each class; the rim is of the same hue, and told from the ground where the fill is not. */
  readonly dots: readonly DotColor[];
}

export interface DotColor {
  readonly fill: string;
  readonly rim: string;
}

/** From 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG's relative luminance, 0 for black and 1 for white. */
export function luminanceOf(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Colours as numbers, for those who draw pixels. */
export interface ParsedColors {
  readonly ground: Rgb;
  readonly faint: Rgb;
  readonly fills: readonly Rgb[];
  readonly rims: readonly Rgb[];
}

/** @throws `E_CONFIG` for what is no `#rrggbb`, `E_LIMIT` for more classes than can be drawn. */
export function parseColors({ ground, faint, dots }: ScatterColors): ParsedColors {
  if (dots.length > MOST_CATEGORIES) {
    throw new LatentkitError(
      'E_LIMIT',
      `scatter: there can be colours for ${MOST_CATEGORIES} classes, got ${dots.length}`,
    );
  }
  return {
    ground: parseHex(ground),
    faint: parseHex(faint),
    fills: dots.map(({ fill }) => parseHex(fill)),
    rims: dots.map(({ rim }) => parseHex(rim)),
  };
}

function parseHex(color: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined) {
    throw new LatentkitError('E_CONFIG', `scatter: a colour must be like #3f90da, got ${color}`);
  }
  const number = Number.parseInt(digits, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
