import { describe, expect, it } from 'vitest';
import { type WasmPlatform, whyNoWasm } from './why-no-wasm.ts';

const answering =
  (status: number): WasmPlatform['fetch'] =>
  async () => ({ ok: status < 400, status, arrayBuffer: async () => new ArrayBuffer(0) });
const refusing: WasmPlatform['fetch'] = async () => {
  throw new TypeError('Failed to fetch');
};
const forbidden = {
  Module: class {
    constructor() {
      throw new WebAssembly.CompileError(
        "violates the following Content Security policy directive: script-src 'self'",
      );
    }
  },
};
const reasonOf = async (
  url: string,
  fetch: WasmPlatform['fetch'],
  wasm: WasmPlatform['WebAssembly'] = WebAssembly,
) => (await whyNoWasm(url, { WebAssembly: wasm, fetch }))?.message;

describe('whyNoWasm', () => {
  it('has nothing to say where the binary is there, or the server knows no HEAD', async () => {
    for (const status of [200, 405, 501])
      expect(await reasonOf('/a.wasm', answering(status))).toBeUndefined();
    expect(await reasonOf('blob:1', answering(200))).toBeUndefined();
  });

  it.each([
    ['WebAssembly itself', 'blob:1', answering(200), forbidden, /Add 'wasm-unsafe-eval' to its script-src/],
    ['blob URLs', 'blob:1', refusing, undefined, /Add blob: to its connect-src; or serve .*wasmUrl/],
    ['fetching', '/a.wasm', refusing, undefined, /\/a\.wasm cannot be fetched.*connect-src/],
    ['nobody, where the file is missing', '/a.wasm', answering(404), undefined, /answered 404 for \/a\.wasm/],
  ] as const)('names the remedy where the policy forbids %s', async (_, url, fetch, wasm, message) => {
    expect(await reasonOf(url, fetch, wasm)).toMatch(message);
  });
});
