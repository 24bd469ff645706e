// Prints how fast a matrix product runs on this machine, one thread.
// Run: node scripts/measure-gemm.js
import { createKernelMemory } from '@latentkit/kernels';
import { createNnKernels } from '@latentkit/kernels/nn';

const SIZES = [
  [256, 512, 784],
  [128, 128, 128],
  [1024, 1024, 1024],
];
const SECONDS = 1;

const memory = createKernelMemory();
const nn = await createNnKernels(memory);
for (const [m, n, k] of SIZES) {
  const [a, b, c] = [m * k, k * n, m * n].map((count) => memory.allocate(4 * count));
  const left = { pointer: a, rowStride: k, columnStride: 1 };
  const right = { pointer: b, rowStride: n, columnStride: 1 };
  let fastest = Number.POSITIVE_INFINITY;
  const end = performance.now() + 1000 * SECONDS;
  while (performance.now() < end) {
    const start = performance.now();
    nn.gemm(m, n, k, left, right, c);
    fastest = Math.min(fastest, performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve)); // lets V8 put its optimized code in place
  }
  const gflops = (2 * m * n * k) / fastest / 1e6;
  console.log(`${m} x ${n} x ${k}: ${fastest.toFixed(2)} ms, ${gflops.toFixed(1)} GFLOP/s`);
  for (const pointer of [c, b, a]) memory.free(pointer);
}
