import { availableParallelism, cpus } from 'node:os';
import { type MachineEvent, VERSION_KEYS } from './bench-event.ts';

/** This machine, and the versions that the engines have told. */
export function describeMachine(versions: Readonly<Record<string, string>>, date = new Date()): MachineEvent {
  return {
    type: 'machine',
    date: date.toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.versions.node,
    v8: process.versions.v8,
    versions: Object.fromEntries(
      VERSION_KEYS.map((key) => [key, versions[key] ?? null]),
    ) as MachineEvent['versions'],
  };
}
