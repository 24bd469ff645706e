import { strict } from '@latentkit/kernels/nn';
import { fused } from '@latentkit/kernels/nn-fused';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createAccelerator } from './create-accelerator.ts';
import { registerGradients } from './gradients/index.ts';
import { startWasmBackend } from './start-wasm-backend.ts';
import { expectSameBits } from './testing/expect-same-bits.ts';
import { node } from './testing/fresh.ts';
import { PROGRAM_CASES, programOf } from './testing/program-cases.ts';
import { randomArrays } from './testing/random-arrays.ts';
import { runEagerly } from './testing/run-eagerly.ts';

registerGradients();
afterEach(async () => {
  vi.restoreAllMocks();
  await startWasmBackend({ arithmetic: strict });
});

const BATCH = 130;

describe('fused arithmetic', async () => {
  const accelerator = await createAccelerator({ workers: 1, arithmetic: fused });
  afterAll(() => accelerator.close());

  it.each(Object.entries(PROGRAM_CASES))('recorded gives the bits of tfjs: %s', async (name, one) => {
    const program = programOf(name, one);
    const parameters = randomArrays(one.parameters, 1);
    const inputs = randomArrays(one.inputs(BATCH), 2);
    await startWasmBackend({ arithmetic: fused });
    const { outputs } = runEagerly(program, parameters, inputs);
    const session = await accelerator.open({ parameters, slots: {} });
    expectSameBits(await session.run(program, { inputs }), outputs);
    session.close();
  });

  it('has other bits than strict, and tfjs goes back and forth', async () => {
    const one = PROGRAM_CASES['a dense layer'] ?? Object.values(PROGRAM_CASES)[0]!;
    const program = programOf('x', one);
    const [parameters, inputs] = [randomArrays(one.parameters, 1), randomArrays(one.inputs(BATCH), 2)];
    const outputsBy = async (arithmetic?: typeof strict) => {
      await startWasmBackend(arithmetic && { arithmetic });
      return runEagerly(program, parameters, inputs).outputs;
    };
    const strictly = await outputsBy();
    const once = await outputsBy(fused);
    expect(once).not.toEqual(strictly);
    expectSameBits(await outputsBy(), once, 'left out, it stays');
    expectSameBits(await outputsBy(strict), strictly);
  });
});

it('is the same on one thread and on two', () => {
  const lines = (...args: string[]) =>
    node('src/testing/accelerate-in-node.ts', ...args)
      .trim()
      .split('\n')
      .map((line) => line.split(': ')[1]);
  const [one, two] = lines('fused', '1', '2');
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(two).toBe(one);
});

it('says which it is', async () => {
  for (const arithmetic of [strict, fused]) {
    const accelerator = await createAccelerator({ workers: 1, arithmetic });
    expect(accelerator.arithmetic).toBe(arithmetic.name);
    await accelerator.close();
  }
});

it('is refused where there is no fused multiply-add', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  const refused = { code: 'E_BACKEND', message: expect.stringContaining('no relaxed SIMD') };
  await expect(createAccelerator({ workers: 2, arithmetic: fused })).rejects.toMatchObject(refused);
});

it.each(['fused', { name: 'fused' }, { name: 'exact', binary: '' }])(
  'is the kernels, and not %j',
  async (arithmetic) => {
    const options = { arithmetic: arithmetic as never };
    const wrong = {
      code: 'E_USAGE',
      message: expect.stringContaining('fused of @latentkit/kernels/nn-fused'),
    };
    await expect(createAccelerator(options)).rejects.toMatchObject(wrong);
    await expect(startWasmBackend(options)).rejects.toMatchObject(wrong);
  },
);
