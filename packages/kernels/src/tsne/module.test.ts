import { expect, it } from 'vitest';
import { decodeBase64 } from '../decode-base64.ts';
import { tsneBinary } from '../generated/tsne-binary.ts';

const module = await WebAssembly.compile(decodeBase64(tsneBinary));

it('imports a memory and nothing else, and exports the functions of the interface', () => {
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  const names = WebAssembly.Module.exports(module).map(({ kind, name }) => `${kind} ${name}`);
  expect(names.sort()).toEqual([
    'function affinities',
    'function arrange',
    'function attract',
    'function center',
    'function cutTree',
    'function descend',
    'function divergence',
    'function giveRoom',
    'function joinRepulsion',
    'function joiningScratch',
    'function normalization',
    'function plant',
    'function repel',
    'function repelExactly',
    'function repelShare',
    'function repulsionScratch',
    'function roomBytes',
    'function settle',
    'function settleScratch',
  ]);
});

it('holds no data of its own in the memory it is lent, and does not write to it at the start', async () => {
  await WebAssembly.instantiate(module, { env: { memory: new WebAssembly.Memory({ initial: 0 }) } });
});

it('asks for scratch in proportion to the points', async () => {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const { repulsionScratch } = exports as { repulsionScratch: (count: number) => number };
  expect(repulsionScratch(1)).toBeLessThan(2 ** 16);
  expect(repulsionScratch(100_000)).toBeLessThan(100_000 * 4 * 60);
});
