import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** What plain Node prints, run with these arguments in this package's folder. Throws when it does not end by itself. */
export function node(...args: string[]): string {
  return execFileSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 150_000, // below the test's, so that it is this that is named
  });
}

/** What a program prints, as JSON, that starts from a fresh tfjs and the built package. */
export function fresh(program: string): unknown {
  const text = `import * as tf from '@tensorflow/tfjs-core';
    import { createAccelerator, startWasmBackend } from '@latentkit/backend';
    const print = (value) => process.stdout.write(JSON.stringify(value));
    ${program}`;
  return JSON.parse(node('--input-type=module', '--eval', text));
}
