import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../decode-base64.ts';
import { umapBinary } from '../generated/umap-binary.ts';

const module = await WebAssembly.compile(decodeBase64(umapBinary));

describe("UMAP's compiled kernels", () => {
  it('import a memory and nothing else, and hold no data', async () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    const memory = new WebAssembly.Memory({ initial: 0 });
    await WebAssembly.instantiate(module, { env: { memory } }); // data would be out of bounds
  });

  it('export the functions of the interface', () => {
    const exported = WebAssembly.Module.exports(module).map(({ kind, name }) => `${kind} ${name}`);
    expect(exported.sort()).toEqual(
      ['optimizePlane', 'optimizeSpace', 'select', 'setForces'].map((name) => `function ${name}`),
    );
  });
});
