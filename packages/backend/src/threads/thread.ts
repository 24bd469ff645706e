import type { Tile } from '@latentkit/kernels/nn';
import { createNnKernels } from '@latentkit/kernels/nn';
import type { Program } from '../program/program.ts';
import { shareOf, type Turns } from '../program/run-program.ts';
import { growMemory } from './grow-memory.ts';
import { createPrivateMemory } from './private-memory.ts';

/** One thread that does its share of programs. */
export interface Thread {
  load(id: number, program: Program): void;
  unload(id: number): void;
  /** Does a program's stages one by one; the threads must meet after each. */
  share(id: number, coefficients: readonly number[]): Iterator<void>;
}

export interface ThreadOptions {
  memory: WebAssembly.Memory;
  turns: Turns;
  tile: Tile;
}

export async function createThread({ memory, turns, tile }: ThreadOptions): Promise<Thread> {
  const privateMemory = createPrivateMemory(memory);
  const nn = await createNnKernels(privateMemory);
  nn.setTile(tile);
  const programs = new Map<number, Program>();
  let arena = { pointer: 0, bytes: 0 };
  return {
    load(id, program) {
      const bytes = program.arenaBytes;
      if (bytes > arena.bytes) arena = { pointer: growMemory(memory, bytes), bytes };
      programs.set(id, program);
    },
    unload(id) {
      programs.delete(id);
    },
    share(id, coefficients) {
      const thread = { nn, memory: privateMemory, turns, arena: arena.pointer };
      return shareOf(programs.get(id)!, thread, coefficients);
    },
  };
}
