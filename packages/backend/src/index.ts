export { useWasmBackend } from './use-wasm-backend.ts';
