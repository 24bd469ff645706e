import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of a run's files and folders, sorted. */
export function filesOf(run: string): string[] {
  return readdirSync(run, { recursive: true, encoding: 'utf8' }).sort();
}

/** The lines of its metrics. */
export function linesOf(run: string): string[] {
  return readFileSync(join(run, 'metrics.jsonl'), 'utf8').split('\n').filter(Boolean);
}

/** What a run that was not finished has. */
export const FOLDERS_AND_CHECKPOINT = [
  'checkpoint',
  'checkpoint/checkpoint.safetensors',
  'config.json',
  'data.json',
  'figures',
  'metrics.csv',
  'metrics.jsonl',
];
