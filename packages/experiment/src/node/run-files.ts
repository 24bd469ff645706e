import { join } from 'node:path';
import type { FigureResult } from '../figures/figure-result.ts';
import { FIGURE_NAMES } from '../figures/run-figures.ts';

/** The files of a run but for its figures, relative to its folder. */
export const RUN_FILES = {
  config: 'config.json',
  data: 'data.json',
  metrics: 'metrics.jsonl',
  table: 'metrics.csv',
  model: 'model.json',
  weights: 'model.safetensors',
  checkpoint: join('checkpoint', 'checkpoint.safetensors'),
  report: 'report.html',
} as const;

/** Every path that a run may write, its figures' included. */
export const RUN_PATHS: readonly string[] = [
  ...Object.values(RUN_FILES),
  ...FIGURE_NAMES.flatMap((name) => ['svg', 'png'].map((ending) => figurePath(name, ending))),
];

/** The folders that those lie in. */
export const RUN_FOLDERS = ['checkpoint', 'figures'] as const;

/** Where a figure lies in a run's folder. */
export function figurePath(name: FigureResult['name'], ending: string): string {
  return join('figures', `${name}.${ending}`);
}
