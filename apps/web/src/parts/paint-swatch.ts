import { CLASS_COLORS } from '@latentkit/figures/colors';
import type { DotColor } from '../scatter/colors.ts';

/**
 * Gives a swatch its colours, in both schemes and for more contrast: the styles choose among them. A policy without inline styles
 * leaves properties that scripts set.
 */
export function paintSwatch(
  dot: HTMLElement | null,
  colors: Readonly<Record<'light' | 'dark' | 'contrast', DotColor>>,
): void {
  for (const [scheme, { fill, rim }] of Object.entries(colors)) {
    dot?.style.setProperty(`--fill-${scheme}`, fill);
    dot?.style.setProperty(`--rim-${scheme}`, rim);
  }
}

/** The colours of a class; of more classes than there are colours, the first ones again. */
export function swatchOf(label: number): Parameters<typeof paintSwatch>[1] {
  const { light, dark, moreContrast } = CLASS_COLORS;
  const at = label % light.length;
  return { light: light[at]!, dark: dark[at]!, contrast: moreContrast[at]! };
}
