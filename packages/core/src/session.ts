import type { NamedArrays, NdArray } from './nd-array.ts';
import type { NoiseDraws } from './noise.ts';

/** What a program is given at a call. `Tensor` is the tensor library's type. */
export interface Given<Tensor> {
  /** Weights, and state that no gradient moves. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Every input's first dimension is the batch. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Numbers without rows, `[]`: weights of terms, capacities. New at each call, never part of a recording. */
  readonly scalars: Readonly<Record<string, Tensor>>;
}

/** What a program computes. */
export interface Results<Tensor> {
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Of the parameters that this program moves, perhaps not all. */
  readonly gradients?: Readonly<Record<string, Tensor>>;
  /** What takes the place of parameters that no gradient moves. */
  readonly state?: Readonly<Record<string, Tensor>>;
  /** Outputs that must be finite for an update to be made; every scalar output where this is left out. */
  readonly guards?: readonly string[];
}

/** A computation on tensors that an {@link Accelerator} may watch once and repeat: a plain function of what it is given. */
export interface TracedProgram<Tensor> {
  /** What makes this program another one than its like: numbers that the trace has read (the bound of a clip, ...). */
  readonly key: string;
  /** May read no tensor's numbers, and must do the same whatever they are. */
  trace(given: Given<Tensor>): Results<Tensor>;
}

/** What goes into a program at a call, outside any tensor library. */
export interface SessionData {
  readonly inputs: NamedArrays;
  /** Inputs `noise.<request>` that the session draws: the numbers of `drawNoise`. */
  readonly noise?: NoiseDraws;
  readonly scalars?: Readonly<Record<string, number>>;
}

/** How an optimizer moves a parameter, as data. */
export interface UpdateRule {
  readonly name: 'adam' | 'adamax' | 'rmsprop' | 'sgd' | 'momentum' | 'nesterov';
  /** What it remembers of each parameter, in the order that the rule reads it. */
  readonly slots: readonly string[];
}

/** A rule, and its numbers at a step: see each rule's own. */
export interface Update {
  readonly rule: UpdateRule;
  readonly coefficients: readonly number[];
}

/** Parameters, and the optimizer's memory of them as `<parameter>/<slot>`. */
export interface SessionState {
  readonly parameters: NamedArrays;
  readonly slots: NamedArrays;
}

/** Weights that live somewhere while programs run on them: on tfjs's backend, or with an accelerator. One call at a time. */
export interface Session<Tensor> {
  /** What a program computes from the weights as they are. */
  run(program: TracedProgram<Tensor>, data: SessionData): Promise<Record<string, NdArray>>;
  /**
   * What a program computes, then an update of every parameter that it has a gradient or a state for; unless a guarded
   * output is not finite: then everything stays as it was.
   */
  step(program: TracedProgram<Tensor>, data: SessionData, update: Update): Promise<Record<string, NdArray>>;
  /** A copy of the state. */
  read(): SessionState;
  /** Puts other numbers in the place of some; shapes stay. */
  write(part: Partial<SessionState>): void;
  /** Frees the weights. */
  close(): void;
}

/** Shapes of what a program takes. */
export interface ProgramShapes {
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** Noise among them, as `noise.<request>`. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Names; a scalar's shape is `[]`. */
  readonly scalars: readonly string[];
}

/** The memory that an accelerator's sessions share. */
export interface AcceleratorMemory<Tensor> {
  /** So many there are at most. */
  readonly bytes: number;
  /** Bytes that a program takes in a session, beside parameters and slots; nothing is computed. */
  measure(program: TracedProgram<Tensor>, shapes: ProgramShapes, rule?: UpdateRule): number;
}

/** Runs programs faster than step by step: recorded once, then repeated on one or more workers, with the same bits. */
export interface Accelerator<Tensor> {
  /** Threads that compute. */
  readonly workers: number;
  /** How sums of products are rounded; `strict` by default: the same bits everywhere. */
  readonly arithmetic?: 'strict' | 'fused';
  /** Absent where it is not known what programs take. */
  readonly memory?: AcceleratorMemory<Tensor>;
  /** Takes a copy of a state, to run programs on it. */
  open(state: SessionState): Promise<Session<Tensor>>;
  /** Ends the workers. */
  close(): Promise<void>;
}
