import { checkOptions, flagRule, type OptionRules, pathRule, signalRule } from '@latentkit/core/options';
import { datasetsCheck, diskCheck } from './disk-checks.ts';
import {
  fusedCheck,
  nodeCheck,
  processorCheck,
  revectorizationCheck,
  simdCheck,
  threadsCheck,
} from './engine-checks.ts';
import type { Check, Finding } from './finding.ts';
import { speedCheck } from './speed-check.ts';

/** What is looked at, in this order. */
const CHECKS: readonly Check[] = [
  nodeCheck,
  processorCheck,
  simdCheck,
  threadsCheck,
  revectorizationCheck,
  fusedCheck,
  datasetsCheck,
  diskCheck,
  speedCheck,
];

export interface DiagnoseOptions {
  /** Where runs would go: `.` by default. */
  folder?: string;
  /** Trains for a second to say how fast it goes; true by default. */
  probe?: boolean;
  signal?: AbortSignal;
}

const RULES: OptionRules<DiagnoseOptions> = { folder: pathRule, probe: flagRule, signal: signalRule };

/**
 * Looks at what training needs and at what makes it fast, and says what to do about what is missing. Writes nothing.
 *
 * @throws `E_CONFIG`, `E_USAGE`, `E_RANGE` for options; the signal's reason.
 * @example
 * for await (const { title, status, text, fix } of diagnose()) console.log(status, title, text, fix ?? '');
 */
export async function* diagnose(options: DiagnoseOptions = {}): AsyncGenerator<Finding, void, undefined> {
  checkOptions('diagnose', options, RULES);
  const { folder = '.', probe = true, signal } = options;
  for (const { name, title, look } of CHECKS) {
    if (name === speedCheck.name && !probe) continue;
    signal?.throwIfAborted();
    yield { name, title, ...(await look({ folder, signal })) };
  }
}
