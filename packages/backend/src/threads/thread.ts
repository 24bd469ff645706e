import { type Arithmetic, createNnKernels, type NnKernels, type Tile } from '@latentkit/kernels/nn';
import type { Program } from '../program/program.ts';
import { type Claims, shareOf } from '../program/run-program.ts';
import { growMemory } from './grow-memory.ts';
import { createPrivateMemory } from './private-memory.ts';

/** One thread that does its share of programs. */
export interface Thread {
  readonly nn: NnKernels;
  load(id: number, program: Program): void;
  unload(id: number): void;
  knows(id: number): boolean;
  /** Does a program's stages one by one; the threads must wait for each other after each. */
  share(id: number, coefficients: readonly number[]): Iterator<void>;
}

export interface ThreadOptions {
  memory: WebAssembly.Memory;
  claims: Claims;
  tile: Tile;
  arithmetic?: Arithmetic | undefined;
}

export async function createThread({ memory, claims, tile, arithmetic }: ThreadOptions): Promise<Thread> {
  const privateMemory = createPrivateMemory(memory);
  const nn = await createNnKernels(privateMemory, { arithmetic });
  nn.setTile(tile);
  const programs = new Map<number, Program>();
  let arena = { pointer: 0, bytes: 0 };
  return {
    nn,
    load(id, program) {
      const bytes = program.arenaBytes;
      if (bytes > arena.bytes) arena = { pointer: growMemory(memory, bytes), bytes };
      programs.set(id, program);
    },
    unload(id) {
      programs.delete(id);
    },
    knows: (id) => programs.has(id),
    share(id, coefficients) {
      const thread = { nn, memory: privateMemory, claims, arena: arena.pointer };
      return shareOf(programs.get(id)!, thread, coefficients);
    },
  };
}
