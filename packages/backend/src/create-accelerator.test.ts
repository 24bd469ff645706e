import type { NamedArrays, TracedProgram } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { afterAll, describe, it } from 'vitest';
import { createAccelerator } from './create-accelerator.ts';
import { registerGradients } from './gradients/index.ts';
import { startWasmBackend } from './start-wasm-backend.ts';
import { byGradient } from './testing/by-gradient.ts';
import { expectSameBits } from './testing/expect-same-bits.ts';
import { PROGRAM_CASES, programOf } from './testing/program-cases.ts';
import { randomArrays } from './testing/random-arrays.ts';
import { runEagerly } from './testing/run-eagerly.ts';

registerGradients();
await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

const RATE = 0.125;

/** Parameters moved by their gradients, rounded as float32 is. */
function moved(parameters: NamedArrays, gradients: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, data }]) => {
      const gradient = gradients[name]!.data;
      return [name, { shape, data: data.map((number, i) => number - Math.fround(gradient[i]! * RATE)) }];
    }),
  );
}

/** The program, with the gradients among its outputs. */
function withGradients({ key, trace }: TracedProgram<Tensor>): TracedProgram<Tensor> {
  return {
    key: `${key} and gradients`,
    trace(given) {
      const { outputs, gradients = {} } = trace(given);
      const named = Object.entries(gradients).map(([name, one]) => [`gradient of ${name}`, one]);
      return { outputs: { ...outputs, ...Object.fromEntries(named) } };
    },
  };
}

describe.each(Object.entries(PROGRAM_CASES))('%s', (name, one) => {
  it.each([1, 3, 8, 9, 17, 130])('gives the bits of tfjs for a batch of %d', async (batch) => {
    const program = programOf(name, one);
    const parameters = randomArrays(one.parameters, 1);
    const inputs = randomArrays(one.inputs(batch), 2);
    const { outputs, gradients } = runEagerly(program, parameters, inputs);
    const session = await accelerator.open({ parameters, slots: {} });
    const all = withGradients(program);
    expectSameBits(await session.run(all, { inputs }), runEagerly(all, parameters, inputs).outputs, 'run');
    expectSameBits(session.read().parameters, parameters, 'parameters after run');
    if (Object.keys(gradients).length > 0) {
      expectSameBits(await session.step(program, { inputs }, byGradient(RATE)), outputs, 'step');
      expectSameBits(session.read().parameters, moved(parameters, gradients), 'parameters after step');
    }
    session.close();
  });
});
