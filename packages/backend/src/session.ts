import {
  type AcceleratedSession,
  type AcceleratedState,
  LatentkitError,
  type NamedArrays,
  type NdArray,
  sizeOfShape,
  type TracedProgram,
  type UpdateRule,
} from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type Compiled, compile } from './program/compile.ts';
import { shapesOf } from './program/graph.ts';
import { record } from './program/record.ts';
import { batchOf, requireFilled, requireSlots } from './session-checks.ts';
import type { Crew } from './threads/crew.ts';
import type { Heap } from './threads/heap.ts';
import type { Turnstile } from './threads/turnstile.ts';

/** What the sessions of an accelerator share. */
export interface SessionHost {
  crew: Crew;
  /** In the crew's memory. */
  heap: Heap;
  turnstile: Turnstile;
}

/** A compiled program, loaded; what it takes, and what it gives. */
interface Loaded extends Compiled {
  readonly id: number;
  readonly inputs: ReadonlyMap<string, number>;
  readonly blocks: readonly number[];
}

// Batches of two sizes and a schedule's two latest betas, for training and for validation.
const MOST_PROGRAMS = 8;

let lastId = 0;

/**
 * Weights in a crew's memory, and the programs made for them.
 *
 * @throws `E_SHAPE` for arrays whose numbers do not fill their shape, or slots of another size than their parameter;
 *   `E_USAGE` where a slot of the rule is missing.
 */
export function openSession(
  { crew, heap, turnstile }: SessionHost,
  state: AcceleratedState,
  rule: UpdateRule | undefined,
): AcceleratedSession<Tensor> {
  requireFilled(state.parameters);
  requireFilled(state.slots);
  requireSlots(state, rule);
  const numbers = (pointer: number, shape: readonly number[]) =>
    new Float32Array(heap.memory.buffer, pointer, sizeOfShape(shape));
  const place = (arrays: NamedArrays) =>
    new Map(
      Object.entries(arrays).map(([name, { data, shape }]) => {
        const pointer = heap.allocate(4 * data.length);
        numbers(pointer, shape).set(data);
        return [name, pointer] as const;
      }),
    );
  const parameters = place(state.parameters);
  const slots = place(state.slots);
  const shapes = { parameters: shapesOf(state.parameters), slots: shapesOf(state.slots) };
  const targets = new Map(
    [...parameters].map(([name, parameter]) => [
      name,
      {
        parameter,
        shape: shapes.parameters[name]!,
        slots: (rule?.slots ?? []).map((slot) => slots.get(`${name}/${slot}`)!),
      },
    ]),
  );
  const programs = new Map<string, Loaded>(); // the latest used last
  let isClosed = false;
  let broken: unknown;

  const requireWhole = () => {
    if (isClosed) throw new LatentkitError('E_USAGE', 'accelerator: this session was closed');
    if (broken) throw broken;
  };
  const read = (pointers: ReadonlyMap<string, number>, of: Record<string, readonly number[]>): NamedArrays =>
    Object.fromEntries(
      [...pointers].map(([name, pointer]) => {
        const shape = of[name]!;
        return [name, { shape, data: numbers(pointer, shape).slice() }];
      }),
    );
  const unload = (key: string, { id, blocks }: Loaded) => {
    programs.delete(key);
    crew.unload(id);
    for (const block of blocks) heap.free(block);
  };

  function load(
    program: TracedProgram<Tensor>,
    inputs: Readonly<Record<string, NdArray>>,
    update: UpdateRule | undefined,
  ): Loaded {
    const inputShapes = shapesOf(inputs);
    const key = JSON.stringify([program.key, inputShapes, update?.name]);
    const known = programs.get(key);
    if (known) programs.delete(key);
    const [oldest] = programs;
    if (!known && programs.size >= MOST_PROGRAMS && oldest) unload(...oldest);
    const loaded = known ?? make(program, inputs, update);
    programs.set(key, loaded);
    return loaded;
  }

  function make(
    program: TracedProgram<Tensor>,
    inputs: Readonly<Record<string, NdArray>>,
    update: UpdateRule | undefined,
  ): Loaded {
    const graph = record(program, { parameters: shapes.parameters, inputs: shapesOf(inputs) });
    const blocks: number[] = [];
    const allocate = (bytes: number) => {
      const pointer = heap.allocate(bytes);
      blocks.push(pointer);
      return pointer;
    };
    try {
      const places = new Map(
        Object.entries(inputs).map(([name, { data }]) => [name, allocate(4 * data.length)] as const),
      );
      const compiled = compile(graph, {
        batch: batchOf(inputs),
        workers: crew.size,
        allocate,
        given: { parameter: parameters, input: places },
        ...(update && { update: { rule: update, targets } }),
      });
      for (const { pointer, data } of compiled.constants) numbers(pointer, [data.length]).set(data);
      const loaded = { ...compiled, id: ++lastId, inputs: places, blocks };
      crew.load(loaded.id, loaded.program);
      return loaded;
    } catch (error) {
      for (const block of blocks) heap.free(block);
      throw error;
    }
  }

  async function execute(
    program: TracedProgram<Tensor>,
    inputs: Readonly<Record<string, NdArray>>,
    coefficients: readonly number[],
    update: UpdateRule | undefined,
  ): Promise<Record<string, NdArray>> {
    requireWhole();
    requireFilled(inputs);
    const loaded = load(program, inputs, update);
    for (const [name, { data, shape }] of Object.entries(inputs)) {
      numbers(loaded.inputs.get(name)!, shape).set(data);
    }
    try {
      await crew.run(loaded.id, coefficients);
    } catch (error) {
      if (update) broken = error; // some weights may have moved, and others not
      throw error;
    }
    return Object.fromEntries(
      Object.entries(loaded.outputs).map(([name, { pointer, shape }]) => [
        name,
        { shape, data: numbers(pointer, shape).slice() },
      ]),
    );
  }

  return {
    run: (program, inputs) => turnstile.pass(() => execute(program, inputs, [], undefined)),
    async step(program, inputs, coefficients) {
      if (rule) return turnstile.pass(() => execute(program, inputs, coefficients, rule));
      throw new LatentkitError('E_USAGE', 'accelerator: this session was opened without an update rule');
    },
    read() {
      turnstile.requireIdle();
      requireWhole();
      return { parameters: read(parameters, shapes.parameters), slots: read(slots, shapes.slots) };
    },
    close() {
      if (isClosed) return;
      turnstile.requireIdle();
      isClosed = true;
      for (const [key, loaded] of [...programs]) unload(key, loaded);
      for (const pointer of [...parameters.values(), ...slots.values()]) heap.free(pointer);
    },
  };
}
