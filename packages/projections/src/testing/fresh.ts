import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('../..', import.meta.url));

/** What a program prints as JSON, run by plain Node with the built package. Throws when it does not end by itself. */
export function fresh(program: string): unknown {
  const text = `import * as projections from '@latentkit/projections';
    const { createPca, projectInWorker } = projections;
    const print = (value) => process.stdout.write(JSON.stringify(value));
    ${program}`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', text], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 150_000, // below the test's, so that it is this that is named
  });
  return JSON.parse(printed);
}
