import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

// Enough calls for V8 to compile the loops with its optimizing compiler, which is the one that the flag changes.
const program = `
  import { createHash } from 'node:crypto';
  import { createKernelMemory } from '@latentkit/kernels';
  import { createNnKernels } from '@latentkit/kernels/nn';
  const memory = createKernelMemory();
  const nn = await createNnKernels(memory);
  const [m, n, k] = [67, 130, 301];
  const put = (count) => {
    const pointer = memory.allocate(4 * count);
    new Float32Array(memory.memory.buffer, pointer, count).forEach((_, i, all) => { all[i] = Math.fround(1 / (i % 97 + 1)) - 0.1; });
    return pointer;
  };
  const [a, b, bias, c] = [put(m * k), put(k * n), put(n), put(m * n)];
  for (let i = 0; i < 200; i++) {
    nn.gemm(m, n, k, { pointer: a, rowStride: k, columnStride: 1 }, { pointer: b, rowStride: n, columnStride: 1 }, c,
      { bias, activation: 'leakyRelu', alpha: 0.2 });
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  process.stdout.write(createHash('sha256').update(new Uint8Array(memory.memory.buffer, c, 4 * m * n)).digest('hex'));`;

/** The hash of a product, by a plain Node with these flags. */
function hashWith(...flags: string[]): string {
  return execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    cwd: packageFolder,
    encoding: 'utf8',
  });
}

it('gives the same bits whether V8 widens SIMD or not, and by its baseline compiler', () => {
  const plain = hashWith();
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(hashWith('--experimental-wasm-revectorize')).toBe(plain);
  expect(hashWith('--liftoff-only')).toBe(plain);
});
