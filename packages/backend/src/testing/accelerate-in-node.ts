// Prints a hash of what programs and their updates give on so many workers. Imports the built package by its name.
// Run: node accelerate-in-node.ts 2, or with `page` after it for a caller's thread that must stay free.
import { createHash } from 'node:crypto';
import { createAccelerator } from '@latentkit/backend';
import { registerGradients } from '@latentkit/backend/gradients';
import { byGradient } from './by-gradient.ts';
import { PROGRAM_CASES, programOf } from './program-cases.ts';
import { randomArrays } from './random-arrays.ts';

registerGradients();
if (process.argv[3] === 'page') Object.assign(globalThis, { document: {} });
const hash = createHash('sha256');
const accelerator = await createAccelerator({ workers: Number(process.argv[2]) });
for (const [name, one] of Object.entries(PROGRAM_CASES)) {
  const program = programOf(name, one);
  const parameters = randomArrays(one.parameters, 1);
  const session = await accelerator.open({ parameters, slots: {} });
  const canStep = 'weight' in parameters || 'filter' in parameters || 'first' in parameters;
  for (const batch of [130, 9, 1]) {
    const inputs = randomArrays(one.inputs(batch), batch);
    const isStep = canStep && name !== 'results that are given';
    const outputs = await (isStep
      ? session.step(program, { inputs }, byGradient(1e-4))
      : session.run(program, { inputs }));
    for (const { data } of Object.values(outputs)) hash.update(data);
  }
  for (const { data } of Object.values(session.read().parameters)) hash.update(data);
  session.close();
}
await accelerator.close();
process.stdout.write(`${accelerator.workers} workers: ${hash.digest('hex')}`);
