import type { WorkOptions } from '@latentkit/jobs';
import type { Allowed } from './allowed.ts';

/** What a worker tells its children: one argument, as JSON. */
export interface ProgramSettings {
  readonly allowed: Allowed;
  /** Where jobs lie. */
  readonly store: string;
  /** Threads of each child. */
  readonly threads: number;
}

/** How the command line's own jobs are worked on. */
export function programOf(settings: ProgramSettings): Pick<WorkOptions, 'program' | 'arguments'> {
  const program = import.meta.url.endsWith('.ts') ? './program.ts' : './program.js'; // sources, in tests
  return { program: new URL(program, import.meta.url), arguments: [JSON.stringify(settings)] };
}
