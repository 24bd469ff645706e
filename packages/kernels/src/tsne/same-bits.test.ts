import { it } from 'vitest';
import { expectSameBits } from '../testing/expect-same-bits.ts';

// Enough calls for V8 to compile the loops with its optimizing compiler, which is the one that the flag changes.
const program = `
  import { createHash } from 'node:crypto';
  import { createKernelMemory } from '@latentkit/kernels';
  import { createTsneKernels } from '@latentkit/kernels/tsne';
  const memory = createKernelMemory();
  const tsne = await createTsneKernels(memory);
  const [count, k] = [700, 12];
  const room = (numbers) => memory.allocate(4 * numbers + 64);
  const floats = (pointer, numbers) => new Float32Array(memory.memory.buffer, pointer, numbers);
  const [places, out, distances, p, others] = [2 * count, 2 * count, count * k, count * k, 2 * count].map(room);
  const [rows, columns, scratch] = [room(count + 1), room(count * k), memory.allocate(tsne.settleScratch(count))];
  floats(places, 2 * count).forEach((_, i, all) => { all[i] = ((i * i) % 1009) / 30 - 15; });
  floats(distances, count * k).forEach((_, i, all) => { all[i] = Math.fround(1 + (i % k) * (1 + (i % 7)) / 9); });
  new Uint32Array(memory.memory.buffer, rows, count + 1).forEach((_, i, all) => { all[i] = i * k; });
  new Uint32Array(memory.memory.buffer, columns, count * k).forEach((_, i, all) => { all[i] = 8 * ((i * 31) % count); });
  const edges = { rows, columns, p };
  const hash = createHash('sha256');
  const add = (pointer) => hash.update(new Uint8Array(memory.memory.buffer, pointer, 8 * count));
  for (let i = 0; i < 150; i++) {
    tsne.affinities(distances, count, k, 1.5, p, scratch);
    const z = [tsne.repelExactly(places, count, out, scratch)];
    if (i === 149) add(out);
    z.push(tsne.repel(places, count, 0.5, out, scratch));
    if (i === 149) add(out);
    tsne.attract(places, count, edges, out);
    z.push(tsne.divergence(places, count, edges));
    if (i % 15 === 14) {
      tsne.settle({ places, count, theta: 0.5, others, otherCount: 50, k, columns, p, steps: 20, tolerance: 0 }, scratch);
    }
    if (i === 149) { add(out); hash.update(JSON.stringify(z)); hash.update(floats(others, 100)); }
    if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  process.stdout.write(hash.digest('hex'));`;

it('gives the same bits whether V8 widens SIMD or not, and by its baseline compiler', () => {
  expectSameBits(program);
});
