import { availableParallelism, cpus } from 'node:os';
import type { MachineEvent } from './bench-event.ts';

/** This machine, and the versions that the engines have told. */
export function describeMachine(versions: Readonly<Record<string, string>>, date = new Date()): MachineEvent {
  const { tfjs = null, pytorch = null, blas = null, jax = null } = versions;
  return {
    type: 'machine',
    date: date.toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.versions.node,
    v8: process.versions.v8,
    versions: { tfjs, pytorch, blas, jax },
  };
}
