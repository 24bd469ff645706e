import { LatentkitError } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { DataId, DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What we use of tfjs's `BackendWasm`, whose class it does not export: valid for 4.22.0, its last release. */
export interface TfjsWasmBackend extends KernelBackend {
  readonly wasm: {
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  };
  readonly dataIdMap: { get(id: DataId): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  disposeData(id: DataId): boolean;
}

/** tfjs's heap as a memory for our kernels. */
export function memoryOfTfjs(backend: TfjsWasmBackend): KernelMemory {
  const memory = backend.wasm.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new LatentkitError('E_BACKEND', 'startWasmBackend: this build of tfjs hides its memory', {
      fix: 'Install @tensorflow/tfjs-core and @tensorflow/tfjs-backend-wasm at 4.22.0',
    });
  }
  if (!(memory.buffer instanceof ArrayBuffer)) {
    throw new LatentkitError('E_BACKEND', "startWasmBackend: tfjs's threaded build is running already", {
      fix: 'Call startWasmBackend before tf.setBackend, tf.ready and the first tensor',
    });
  }
  return {
    memory,
    allocate(bytes) {
      // malloc answers a signed number: >>> 0 for heaps beyond 2 GiB.
      const pointer = backend.wasm._malloc(bytes) >>> 0;
      if (pointer === 0) throw outOfMemory(bytes);
      return pointer;
    },
    free: (pointer) => backend.wasm._free(pointer),
  };
}

/** tfjs itself would go on, and write to the first bytes of its heap. */
export function outOfMemory(bytes: number): LatentkitError {
  return new LatentkitError('E_LIMIT', `wasm backend: no room for ${bytes} bytes`, {
    fix: 'Use smaller batches, and dispose of tensors that are no longer needed (tf.tidy)',
  });
}

/** Where a tensor's numbers begin. Valid until the tensor is disposed of. */
export function pointerTo(backend: TfjsWasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}
