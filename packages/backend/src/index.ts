export { acceleratorMemory } from './accelerator-memory.ts';
export { type AcceleratorOptions, createAccelerator } from './create-accelerator.ts';
export { startWasmBackend } from './start-wasm-backend.ts';
