export { startWasmBackend } from './start-wasm-backend.ts';
