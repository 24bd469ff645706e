import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../decode-base64.ts';
import { nnBinary } from '../generated/nn-binary.ts';

const bytes = decodeBase64(nnBinary);
const module = await WebAssembly.compile(bytes);

/** Ids of a binary's sections, in order. */
function sectionIds(binary: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < binary.length; ) {
    ids.push(binary[at++]!);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = binary[at++]!;
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}

describe('the compiled kernels', () => {
  it('import a memory and nothing else', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  it('export functions only, and only those of the interface', () => {
    const exported = WebAssembly.Module.exports(module);
    expect(new Set(exported.map(({ kind }) => kind))).toEqual(new Set(['function']));
    expect(exported.map(({ name }) => name).sort()).toEqual([
      'activationGradient',
      'adam',
      'adamax',
      'backpropFilterScratch',
      'backpropInputScratch',
      'bernoulliBackprop',
      'bernoulliFromLogits',
      'binary',
      'clip',
      'convolve',
      'convolveBackpropFilter',
      'convolveBackpropInput',
      'convolveScratch',
      'depthwiseBackpropFilter',
      'depthwiseBackpropInput',
      'depthwiseConvolve',
      'fill',
      'gemm',
      'gemmPacked',
      'gemmScratch',
      'giveRoom',
      'max',
      'maxPoolBackprop',
      'momentum',
      'nesterov',
      'normalRows',
      'packRight',
      'rmsprop',
      'roomBytes',
      'setGeometry',
      'setWide',
      'sgd',
      'sum',
      'unary',
      'uniformRows',
    ]);
  });

  it('hold no data of their own in the memory they are lent, and do not write to it at the start', () => {
    const [START, DATA, DATA_COUNT] = [8, 11, 12];
    const ids = sectionIds(bytes);
    expect(ids).toContain(10); // code: the sections were read
    expect(ids).not.toContain(START);
    expect(ids).not.toContain(DATA);
    expect(ids).not.toContain(DATA_COUNT);
  });

  it('run in as little memory as there is, and need no more than they ask for', async () => {
    const memory = new WebAssembly.Memory({ initial: 0 });
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    const wasm = exports as unknown as Record<string, (...numbers: number[]) => number>;
    expect(wasm.gemmScratch!()).toBeLessThan(1.25 * 2 ** 20);
    const scratchFor = (batch: number) => {
      wasm.setGeometry!(batch, 14, 14, 32, 7, 7, 3, 3, 2, 2, 0, 0, 1, 1);
      return ['convolveScratch', 'backpropInputScratch', 'backpropFilterScratch'].map((name) =>
        wasm[name]!(64),
      );
    };
    expect(scratchFor(128)).toEqual(scratchFor(1)); // whatever the batch
    expect(Math.max(...scratchFor(128))).toBeLessThan(2 ** 20);
  });
});
