import type { SvgElement } from '../svg/svg.ts';
import { type LossPanel, lossPanel, lossPanelHeight } from './loss-panel.ts';

const GAP = 32;
const ROW_GAP = 10;
const LEAST_PANEL = 220; // what the legend needs; narrower figures get more rows of panels

/** Panels side by side and, where they do not fit, below each other; and the height that all of them take. */
export function lossPanels(
  panels: readonly Pick<LossPanel, 'title' | 'series'>[],
  { left, top, width, ...shared }: Omit<LossPanel, 'title' | 'series'>,
): { elements: SvgElement[]; height: number } {
  const fitting = Math.max(1, Math.floor((width + GAP) / (LEAST_PANEL + GAP)));
  const perRow = Math.min(panels.length, fitting);
  const each = (width - GAP * (perRow - 1)) / perRow;
  const elements = panels.map((panel, i) =>
    lossPanel({
      ...panel,
      ...shared,
      left: left + (i % perRow) * (each + GAP),
      top: top + Math.floor(i / perRow) * (lossPanelHeight + ROW_GAP),
      width: each,
    }),
  );
  return { elements, height: Math.ceil(panels.length / perRow) * (lossPanelHeight + ROW_GAP) };
}
