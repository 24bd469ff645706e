import { join } from 'node:path';

/** The files of a run but for its figures, relative to its folder. */
export const RUN_FILES = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  model: 'model.json',
  weights: 'model.safetensors',
  checkpoint: join('checkpoint', 'checkpoint.safetensors'),
  report: 'report.html',
} as const;
