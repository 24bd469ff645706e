import { LatentkitError } from '@latentkit/core';

/** What colours stand on, and for whom: a light ground, a dark one, or a light one for readers who ask for more contrast. */
export type ColorScheme = 'light' | 'dark' | 'moreContrast';

/** What dots and swatches of a class are drawn in. */
export interface ClassColor {
  readonly fill: string;
  /** Of 3:1 to the ground at least: the fill itself, or its hue darker (on a dark ground lighter) where the fill is too pale. */
  readonly rim: string;
}

// `fill`, or `fill:rim`. The first ten of `light` are petroff10, those of `dark` lifted from it; all others are chosen by
// scripts/class-colors.py to be as far apart as they can be for every kind of sight.
const TABLES = {
  light: `3f90da ffa90e:c07e08 bd1f01 94a4a2:82908e 832db6 a96b59 e76300 b9ac70:988d5b 717581 92dadd:639597
    003030 3c0c6c 600000 485448 544860 c0b4fc:8f86bd a8cca8:799479 a89cc0:9388a8 243cfc 84609c
    902424 6c9078 000ca8 e4cc78:9c8b50 a84860 9c78a8 306cf0 0ca83c 483c78 e4a8c0:af8093`,
  dark: `4496e0 ffb01f c42402:c63d31 9aaaa8 9236c6:984ec9 a96b59 ea6a08 bfb277 717581 9be0e3
    e4fccc f0fc84 ccb4fc 9c9c84 a884a8 846ca8 c0ccb4 24a83c cc9ccc d83084
    ccfcf0 d8d890 487830 fc3cd8 c0fc00 b400fc 786c6c fca8cc 0ce454 3c906c`,
  moreContrast: `1a68ff a28f5d b20800 597278 602bb2 734f49 ff5103 7d8d7d 474d67 06a2c0:059ab7
    60000c 3c2430 30186c cc609c 9c6048 0030fc 90549c 309c0c 842424 183048
    b43c60 c03ccc 543c48 180c9c 004878 306c60 543030 548490 904830 fc3cc0`,
};

/** Thirty colours of each scheme, a class each; {@link classColor} goes on with them from the first. */
export const CLASS_COLORS: Readonly<Record<ColorScheme, readonly ClassColor[]>> = {
  light: colorsOf(TABLES.light),
  dark: colorsOf(TABLES.dark),
  moreContrast: colorsOf(TABLES.moreContrast),
};

/** Of points without a class: paler than any of the others, so that the rim carries it. */
export const NO_CLASS_COLOR: Readonly<Record<ColorScheme, ClassColor>> = {
  light: { fill: '#eceef1', rim: '#8b8d8f' },
  dark: { fill: '#4d5663', rim: '#6b717a' },
  moreContrast: { fill: '#eceef1', rim: '#8b8d8f' },
};

function colorsOf(table: string): ClassColor[] {
  return table.split(/\s+/).map((entry) => {
    const [fill, rim = fill] = entry.split(':');
    return { fill: `#${fill}`, rim: `#${rim}` };
  });
}

/**
 * The colour of a class, or of no class (-1).
 *
 * Any two of the first ten are at least 11.8 apart (CIEDE2000) for readers with normal sight and with any of the three kinds of
 * colour blindness; of thirty, 8.1 on a light ground, 6.8 on a dark one and 6.5 with more contrast: to be told apart side by side, not
 * from memory. From the 31st class on colours come again, and only names tell: give them beside colours always.
 *
 * @throws `E_RANGE` for what is not a class; `E_UNKNOWN_NAME` for a scheme that there is not.
 * @example
 * classColor(1).fill; // '#ffa90e'
 * classColor(1).rim; // '#c07e08': amber alone is 1.9:1 on white
 * classColor(1, 'dark').fill; // '#ffb01f'
 * @see Petroff: "Accessible Color Sequences for Data Visualization" (2021), arXiv:2107.02270; Machado, Oliveira & Fernandes:
 * "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009)
 */
export function classColor(label: number, scheme: ColorScheme = 'light'): ClassColor {
  if (!Object.hasOwn(CLASS_COLORS, scheme)) {
    throw new LatentkitError(
      'E_UNKNOWN_NAME',
      `classColor: scheme must be 'light', 'dark' or 'moreContrast', got ${String(scheme)}`,
    );
  }
  if (!Number.isSafeInteger(label) || label < -1) {
    throw new LatentkitError(
      'E_RANGE',
      `classColor: expected a class, a whole number from 0, or -1 for none, got ${String(label)}`,
    );
  }
  if (label === -1) return NO_CLASS_COLOR[scheme];
  const colors = CLASS_COLORS[scheme];
  return colors[label % colors.length]!;
}
