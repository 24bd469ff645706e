import {
  checkOptions,
  functionRule,
  listRule,
  needed,
  number,
  type OptionRules,
  pathRule,
  signalRule,
  whole,
} from '@latentkit/core/options';
import type { EnqueueOptions, WorkOptions } from '../job-queue.ts';

export const DEFAULT_ATTEMPTS = 3;
const MOST_CHILDREN = 1024;
const MOST_SECONDS = 2_000_000; // what a timer of Node can wait

const WORK_RULES: OptionRules<WorkOptions> = {
  program: needed({
    be: 'be the path or URL of a module',
    code: 'E_USAGE',
    fits: (value) => typeof value === 'string' || value instanceof URL,
  }),
  arguments: listRule,
  folder: needed(pathRule),
  children: whole(1, MOST_CHILDREN),
  progressDeadlineSeconds: number(0.1, MOST_SECONDS),
  signal: signalRule,
  onEvent: functionRule,
};

const ENQUEUE_RULES: OptionRules<EnqueueOptions> = { attempts: whole(1, 100) };

export function checkWorkOptions(options: WorkOptions): WorkOptions {
  checkOptions('work', options, WORK_RULES);
  return options;
}

export function checkEnqueueOptions(options: EnqueueOptions): EnqueueOptions {
  checkOptions('enqueue', options, ENQUEUE_RULES);
  return options;
}
