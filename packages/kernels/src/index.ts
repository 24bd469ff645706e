export { createKernelMemory, type KernelMemory } from './kernel-memory.ts';
