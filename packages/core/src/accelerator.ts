import type { NamedArrays, NdArray } from './nd-array.ts';

/**
 * A computation on tensors that an {@link Accelerator} may watch once and repeat: a plain function of parameters and
 * inputs. `Tensor` is the tensor library's type.
 */
export interface TracedProgram<Tensor> {
  /** What makes this program another one than its like: numbers that the trace has read (the weight of the KL, ...). */
  readonly key: string;
  /**
   * Computes outputs, and for a training step a gradient a parameter. May read no tensor's numbers, and must do the same
   * whatever they are. Every input's first dimension is the batch.
   */
  trace(
    parameters: Readonly<Record<string, Tensor>>,
    inputs: Readonly<Record<string, Tensor>>,
  ): { outputs: Record<string, Tensor>; gradients?: Record<string, Tensor> };
}

/** How an optimizer moves a parameter, as data. `coefficients` are those of the step: see each rule's own. */
export interface UpdateRule {
  readonly name: 'adam' | 'adamax' | 'rmsprop' | 'sgd' | 'momentum' | 'nesterov';
  /** What it remembers of each parameter, in the order that the rule reads it. */
  readonly slots: readonly string[];
}

/** Parameters, and the optimizer's memory of them as `<parameter>/<slot>`. */
export interface AcceleratedState {
  parameters: NamedArrays;
  slots: NamedArrays;
}

/** Weights that live with an accelerator while programs run on them. One call at a time. */
export interface AcceleratedSession<Tensor> {
  /** What a program computes from the weights as they are. */
  run(
    program: TracedProgram<Tensor>,
    inputs: Readonly<Record<string, NdArray>>,
  ): Promise<Record<string, NdArray>>;
  /**
   * What a program computes, and an update of every parameter by its gradient; unless one of the program's scalar outputs
   * is not finite: then the weights stay as they were.
   */
  step(
    program: TracedProgram<Tensor>,
    inputs: Readonly<Record<string, NdArray>>,
    coefficients: readonly number[],
  ): Promise<Record<string, NdArray>>;
  /** A copy of the state. */
  read(): AcceleratedState;
  /** Frees the weights; the accelerator stays. */
  close(): void;
}

/** Runs programs faster than step by step: recorded once, then repeated on one or more workers, with the same bits. */
export interface Accelerator<Tensor> {
  /** Threads that compute. */
  readonly workers: number;
  /** Takes a copy of a state, to run programs on it. */
  open(state: AcceleratedState, rule?: UpdateRule): Promise<AcceleratedSession<Tensor>>;
  /** Ends the workers. */
  close(): Promise<void>;
}
