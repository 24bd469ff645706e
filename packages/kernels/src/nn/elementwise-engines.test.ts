import { it } from 'vitest';
import { expectSameBits } from '../testing/expect-same-bits.ts';

// Enough calls for V8 to compile the loops with its optimizing compiler, which is the one that the flag changes.
const program = `
  import { createHash } from 'node:crypto';
  import { createKernelMemory } from '@latentkit/kernels';
  import { createNnKernels } from '@latentkit/kernels/nn';
  const memory = createKernelMemory();
  const nn = await createNnKernels(memory);
  const count = 1007;
  const all = memory.allocate(4 * count * 31);
  const at = (array) => all + 4 * count * array;
  const kinds = ['exp', 'expm1', 'log', 'log1p', 'sigmoid', 'softplus', 'tanh', 'relu', 'sqrt', 'reciprocal'];
  for (let i = 0; i < 300; i++) {
    nn.normalRows(53, 19, { seed: 7, stream: 2, step: 3, word: 5 }, at(0));
    nn.unary('abs', count, at(0), at(1));
    kinds.forEach((kind, k) => nn.unary(kind, count, at(1), at(2 + k)));
    ['add', 'mul', 'maximum', 'squaredDifference'].forEach((kind, k) =>
      nn.binary(kind, [1, 1, count], at(0), [0, 0, 1], at(1), [0, 0, 1], at(12 + k)));
    nn.sum(19, 53, 1, at(1), at(16));
    nn.sum(1, 53, 19, at(1), at(17));
    nn.max(19, 53, 1, at(0), at(18));
    nn.max(1, 53, 19, at(0), at(19));
    nn.bernoulliFromLogits(19, 53, at(0), at(6), at(22));
    nn.bernoulliBackprop(19, 53, at(0), at(6), at(1), at(23));
    nn.adam(count, at(26), at(0), at(27), at(28), 0.9, 0.1, 0.999, 0.001, 0.5, 1e-7, 0.01);
    nn.clip(count, at(0), -1, 1, at(29));
    nn.activationGradient(count, at(0), at(1), 0.2, at(30));
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const numbers = new Float32Array(memory.memory.buffer, all, 31 * count);
  if (numbers.some(Number.isNaN)) throw new Error('NaN, whose bits are open');
  process.stdout.write(createHash('sha256').update(new Uint8Array(memory.memory.buffer, all, 124 * count)).digest('hex'));`;

it('gives the same bits whether V8 widens SIMD or not, and by its baseline compiler', () => {
  expectSameBits(program);
});
