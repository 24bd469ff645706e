import type { KernelMemory } from '@latentkit/kernels';
import type { NnKernels } from '@latentkit/kernels/nn';
import { ruleOf } from '../operations/rule-of.ts';
import type { BoundOperation, Location, Program, RowStage, Stage, UpdateStage } from './program.ts';

/** How the threads that share a program keep out of each other's way. */
export interface Claims {
  /** The next piece of a stage that nobody has taken, from 0. */
  claim(stage: number): number;
}

/** One thread's own: compiled kernels, the memory they work in, and room for what no other thread needs to see. */
export interface ProgramThread {
  readonly nn: NnKernels;
  readonly memory: KernelMemory;
  readonly claims: Claims;
  /** Pointer to the program's `arenaBytes` bytes. */
  readonly arena: number;
}

/** Does this thread's share of a program, and stops wherever it must wait for the others, who must be doing the same. */
export function* shareOf(
  { stages, batch }: Program,
  thread: ProgramThread,
  coefficients: readonly number[],
): Generator<void, void, void> {
  for (const [i, stage] of stages.entries()) {
    const count = piecesIn(stage, batch);
    if (stage.type !== 'update' || areFinite(stage.guards, thread.memory)) {
      for (let piece = thread.claims.claim(i); piece < count; piece = thread.claims.claim(i)) {
        if (stage.type === 'rows') runTile(stage, piece, batch, thread);
        else if (stage.type === 'tasks') for (const bound of stage.tasks[piece]!) runBound(bound, 0, thread);
        else runSlice(stage, piece, coefficients, thread);
      }
    }
    yield;
  }
}

function piecesIn(stage: Stage, batch: number): number {
  if (stage.type === 'rows') return Math.ceil(batch / stage.rowsPerTile);
  return stage.type === 'tasks' ? stage.tasks.length : stage.slices.length + stage.copies.length;
}

function runTile(
  { rowsPerTile, full, last }: RowStage,
  tile: number,
  batch: number,
  thread: ProgramThread,
): void {
  const row = tile * rowsPerTile;
  for (const bound of row + rowsPerTile <= batch ? full : last) runBound(bound, row, thread);
}

function runBound({ operation, inputs, output }: BoundOperation, row: number, thread: ProgramThread): void {
  const pointers = inputs.map((location) => pointerAt(location, row, thread));
  ruleOf(operation).run(thread.nn, operation, pointers, pointerAt(output, row, thread));
}

function pointerAt({ area, offset, rowBytes }: Location, row: number, { arena }: ProgramThread): number {
  return area === 'arena' ? arena + offset : offset + row * rowBytes;
}

function runSlice(
  { rule, slices, copies }: UpdateStage,
  piece: number,
  coefficients: readonly number[],
  { nn }: ProgramThread,
): void {
  if (piece >= slices.length) {
    const { count, from, to } = copies[piece - slices.length]!;
    nn.unary('copy', count, from, to, 0);
    return;
  }
  const { count, parameter, gradient, slots } = slices[piece]!;
  // Every rule's kernel takes its slots, then its coefficients, in the order of the rule.
  const update = nn[rule] as (...numbers: number[]) => void;
  update(count, parameter, gradient, ...slots, ...coefficients);
}

function areFinite(pointers: readonly number[], { memory }: KernelMemory): boolean {
  return pointers.every((pointer) => Number.isFinite(new Float32Array(memory.buffer, pointer, 1)[0]));
}
