import { LatentkitError } from '@latentkit/core';

/** What this looks at of a page. */
export interface WasmPlatform {
  readonly WebAssembly: { readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => unknown };
  fetch(url: string, options?: RequestInit): Promise<Pick<Response, 'ok' | 'status' | 'arrayBuffer'>>;
}

// The shortest module: magic number and version.
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Why a page will not start WebAssembly from a URL; undefined where nothing is in its way. tfjs itself waits for ever, or
 * says that its module is broken, where a content security policy is what forbids it.
 */
export async function whyNoWasm(url: string, platform: WasmPlatform): Promise<LatentkitError | undefined> {
  try {
    new platform.WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    return new LatentkitError(
      'E_BACKEND',
      "startWasmBackend: this page's content security policy forbids WebAssembly",
      { fix: "Add 'wasm-unsafe-eval' to its script-src", cause },
    );
  }
  const isBlob = url.startsWith('blob:');
  try {
    // A file is asked for without its bytes, which tfjs fetches; a blob is here, and has no head.
    const response = await platform.fetch(url, isBlob ? {} : { method: 'HEAD' });
    const { ok, status } = response;
    await response.arrayBuffer(); // an answer that nobody reads is broken off, and shows as a failure in the page's log
    if (ok || status === 405 || status === 501) return undefined;
    return new LatentkitError('E_BACKEND', `startWasmBackend: the server answered ${status} for ${url}`, {
      fix: 'Serve tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm there, or leave wasmUrl out',
    });
  } catch (cause) {
    if (!isBlob) {
      return new LatentkitError('E_BACKEND', `startWasmBackend: ${url} cannot be fetched`, {
        fix: 'Check its address, and connect-src of the content security policy',
        cause,
      });
    }
    return new LatentkitError(
      'E_BACKEND',
      "startWasmBackend: this page's content security policy forbids blob: URLs, which tfjs's binary is unpacked to",
      {
        fix: "Add blob: to its connect-src; or serve tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm and name it: startWasmBackend({ wasmUrl: '/tfjs-backend-wasm-simd.wasm' })",
        cause,
      },
    );
  }
}
