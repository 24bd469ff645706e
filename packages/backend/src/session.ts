import {
  LatentkitError,
  type NamedArrays,
  type NdArray,
  noiseArrays,
  type ProgramShapes,
  type Session,
  type SessionData,
  type SessionState,
  sizeOfShape,
  type TracedProgram,
  type Update,
} from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createPackedWeights } from './packed-weights.ts';
import { type Compiled, compile } from './program/compile.ts';
import { type Graph, shapesOf } from './program/graph.ts';
import { record } from './program/record.ts';
import { requireSameRecording, type Transcript, transcribe } from './program/same-recording.ts';
import { batchOf, requireFilled, requireKnown, requireSlots } from './session-checks.ts';
import type { Exclusive } from './threads/exclusive.ts';
import type { Heap } from './threads/heap.ts';
import type { Pool } from './threads/pool.ts';

/** What the sessions of an accelerator share. */
export interface SessionHost {
  pool: Pool;
  /** In the pool's memory. */
  heap: Heap;
  exclusive: Exclusive;
}

/** A compiled program, loaded; what it takes, and what it gives. */
interface Loaded extends Compiled {
  readonly id: number;
  readonly inputs: ReadonlyMap<string, number>;
  readonly scalars: ReadonlyMap<string, number>;
  readonly blocks: readonly number[];
  /** Packed weights that it reads. */
  readonly packed: ReadonlySet<number>;
  /** What was recorded, to be held against later recordings. */
  readonly transcript: Transcript;
  calls: number;
}

/** What a program takes besides parameters. */
type Taken = Omit<ProgramShapes, 'parameters'>;

// Three players' steps for batches of two sizes, validation, and room for a look at the codes in between.
const MOST_PROGRAMS = 16;

let lastId = 0;

/**
 * Weights in a pool's memory, and the programs made for them.
 *
 * @throws `E_SHAPE` for arrays whose numbers do not fill their shape.
 */
export function openSession({ pool, heap, exclusive }: SessionHost, state: SessionState): Session<Tensor> {
  requireFilled(state.parameters);
  requireFilled(state.slots);
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
  const pointers = { parameters: place(state.parameters), slots: place(state.slots) };
  const shapes = { parameters: shapesOf(state.parameters), slots: shapesOf(state.slots) };
  const packedWeights = createPackedWeights(pool.nn, heap, pointers.parameters);
  const programs = new Map<string, Loaded>(); // the latest used last
  let isClosed = false;
  let broken: unknown;

  const requireWhole = () => {
    if (isClosed) throw new LatentkitError('E_USAGE', 'accelerator: this session was closed');
    if (broken) throw broken;
  };
  const read = (part: keyof SessionState): NamedArrays =>
    Object.fromEntries(
      [...pointers[part]].map(([name, pointer]) => {
        const shape = shapes[part][name]!;
        return [name, { shape, data: numbers(pointer, shape).slice() }];
      }),
    );
  const unload = (key: string, { id, blocks }: Loaded) => {
    programs.delete(key);
    pool.unload(id);
    for (const block of blocks) heap.free(block);
  };

  function load(program: TracedProgram<Tensor>, taken: Taken, update?: Update): Loaded {
    const key = JSON.stringify([program.key, taken.inputs, taken.scalars, update?.rule.name]);
    const known = programs.get(key);
    if (known) programs.delete(key);
    const [oldest] = programs;
    if (!known && programs.size >= MOST_PROGRAMS && oldest) unload(...oldest);
    const loaded = known ?? make(program, taken, update);
    programs.set(key, loaded);
    // Now and then: at calls 2, 4, 8, ..., so that a run of any length spends next to no time on it.
    if (known && Number.isInteger(Math.log2(loaded.calls + 1))) {
      requireSameRecording(program.key, loaded.transcript, transcribe(watch(program, taken)));
    }
    loaded.calls++;
    return loaded;
  }

  const watch = (program: TracedProgram<Tensor>, taken: Taken): Graph =>
    record(program, { parameters: shapes.parameters, ...taken });

  function make(program: TracedProgram<Tensor>, taken: Taken, update?: Update): Loaded {
    const batch = batchOf(taken.inputs);
    const graph = watch(program, taken);
    const transcript = transcribe(graph);
    // At once again: what is drawn, or counted up, in the program differs already.
    requireSameRecording(program.key, transcript, transcribe(watch(program, taken)));
    if (update) requireSlots(update.rule, Object.keys(graph.gradients ?? {}), shapes);
    const packed = new Set<number>();
    const blocks: number[] = [];
    const allocate = (bytes: number) => {
      const pointer = heap.allocate(bytes);
      blocks.push(pointer);
      return pointer;
    };
    try {
      const given = {
        parameter: pointers.parameters,
        input: new Map(
          Object.entries(taken.inputs).map(([name, shape]) => [name, allocate(4 * sizeOfShape(shape))]),
        ),
        scalar: new Map(taken.scalars.map((name) => [name, allocate(4)])),
      };
      const compiled = compile(graph, {
        batch,
        workers: pool.size,
        allocate,
        given,
        placePacked(source) {
          const place = packedWeights.place(source);
          packed.add(place);
          return place;
        },
        ...(update && { update: { rule: update.rule, targets: targetsOf(update) } }),
      });
      for (const { pointer, data } of compiled.constants) numbers(pointer, [data.length]).set(data);
      const loaded = {
        ...compiled,
        ...{ id: ++lastId, inputs: given.input, scalars: given.scalar, blocks, packed, transcript, calls: 0 },
      };
      pool.load(loaded.id, loaded.program);
      return loaded;
    } catch (error) {
      for (const block of blocks) heap.free(block);
      throw error;
    }
  }

  /** Where each parameter lies, and the slots that a rule has of it, if it has. */
  const targetsOf = ({ rule }: Update) =>
    new Map(
      [...pointers.parameters].map(([name, parameter]) => {
        const slots = rule.slots.map((slot) => pointers.slots.get(`${name}/${slot}`)!);
        return [name, { parameter, shape: shapes.parameters[name]!, slots }];
      }),
    );

  async function execute(
    program: TracedProgram<Tensor>,
    { inputs, noise, scalars = {} }: SessionData,
    update?: Update,
  ): Promise<Record<string, NdArray>> {
    requireWhole();
    requireFilled(inputs);
    const drawn = noise ? noiseArrays(noise.requests, noise.rows, noise.address) : [];
    const noiseShapes = Object.fromEntries(drawn.map(({ name, shape }) => [name, shape]));
    const taken = { inputs: { ...shapesOf(inputs), ...noiseShapes }, scalars: Object.keys(scalars) };
    const loaded = load(program, taken, update);
    for (const [name, { data, shape }] of Object.entries(inputs)) {
      numbers(loaded.inputs.get(name)!, shape).set(data);
    }
    for (const { name, distribution, shape, columns, address } of drawn) {
      pool.nn[`${distribution}Rows`](shape[0]!, columns, address, loaded.inputs.get(name)!);
    }
    for (const [name, value] of Object.entries(scalars)) numbers(loaded.scalars.get(name)!, [])[0] = value;
    if (update) packedWeights.outdate();
    else packedWeights.refresh(loaded.packed);
    try {
      await pool.run(loaded.id, update?.coefficients ?? []);
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
    run: (program, data) => exclusive.run(() => execute(program, data)),
    step: (program, data, update) => exclusive.run(() => execute(program, data, update)),
    read() {
      exclusive.requireIdle();
      requireWhole();
      return { parameters: read('parameters'), slots: read('slots') };
    },
    write(part) {
      exclusive.requireIdle();
      requireWhole();
      for (const kind of ['parameters', 'slots'] as const) requireKnown(part[kind] ?? {}, shapes[kind]);
      packedWeights.outdate();
      for (const kind of ['parameters', 'slots'] as const) {
        for (const [name, { data, shape }] of Object.entries(part[kind] ?? {})) {
          numbers(pointers[kind].get(name)!, shape).set(data);
        }
      }
    },
    close() {
      if (isClosed) return;
      exclusive.requireIdle();
      isClosed = true;
      for (const [key, loaded] of [...programs]) unload(key, loaded);
      packedWeights.free();
      for (const pointer of [...pointers.parameters.values(), ...pointers.slots.values()]) heap.free(pointer);
    },
  };
}
