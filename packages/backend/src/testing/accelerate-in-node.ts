// Prints a hash of what programs and their updates give on each number of workers. Imports the built package by its name.
// Run: node accelerate-in-node.ts 1 2 page 2 fused 1: those after `page` have a caller's thread that must stay free, those after `fused`
// round sums of products once.
import { createHash } from 'node:crypto';
import { createAccelerator } from '@latentkit/backend';
import { registerGradients } from '@latentkit/backend/gradients';
import { strict } from '@latentkit/kernels/nn';
import { fused } from '@latentkit/kernels/nn-fused';
import { byGradient } from './by-gradient.ts';
import { PROGRAM_CASES, programOf } from './program-cases.ts';
import { randomArrays } from './random-arrays.ts';

registerGradients();
let arithmetic = strict;

async function hashWith(workers: number): Promise<string> {
  const hash = createHash('sha256');
  const accelerator = await createAccelerator({ workers, arithmetic });
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
  return `${accelerator.workers} workers: ${hash.digest('hex')}\n`;
}

for (const argument of process.argv.slice(2)) {
  if (argument === 'page') Object.assign(globalThis, { document: {} });
  else if (argument === 'fused') arithmetic = fused;
  else process.stdout.write(await hashWith(Number(argument)));
}
