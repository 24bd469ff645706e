import { CLASS_COLORS, NO_CLASS_COLOR } from '@latentkit/figures/colors';
import type { Scatter } from '../scatter/api.ts';
import type { ScatterColors } from '../scatter/colors.ts';
import { NO_CATEGORY } from '../scatter/points.ts';

/** The colours of a map in an element, which are other ones in the dark, and for readers who want more contrast. */
export function followColors(host: HTMLElement): {
  now(): ScatterColors;
  /** Gives a map its colours when they change, until what it returns is called. */
  follow(scatter: Pick<Scatter, 'setColors'>): () => void;
} {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  const now = () => colorsOf(host, dark.matches, contrast.matches);
  return {
    now,
    follow(scatter) {
      const recolor = () => scatter.setColors(now());
      for (const query of [dark, contrast]) query.addEventListener('change', recolor);
      return () => {
        for (const query of [dark, contrast]) query.removeEventListener('change', recolor);
      };
    },
  };
}

/** A class that has no colour is as none. */
export const categoryOf = (label: number | undefined): number =>
  label === undefined || label >= CLASS_COLORS.light.length ? NO_CATEGORY : label;

/** Colours of the page and of the classes, as they are now. */
function colorsOf(host: HTMLElement, isDark: boolean, wantsContrast: boolean) {
  const style = getComputedStyle(host);
  // What builds the page may shorten #ffffff.
  const color = (name: string) =>
    style
      .getPropertyValue(name)
      .trim()
      .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const scheme = isDark ? 'dark' : wantsContrast ? 'moreContrast' : 'light';
  return {
    ground: color('--panel'),
    ink: color('--ink'),
    faint: NO_CLASS_COLOR[scheme].rim,
    accent: color('--accent'),
    dots: CLASS_COLORS[scheme],
  };
}
