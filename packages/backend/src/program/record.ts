import { LatentkitError, type ProgramShapes, sizeOfShape, type TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { composedKernelOf, compositions } from '../lowerings/composition.ts';
import { lowerings } from '../lowerings/lowerings.ts';
import type { Graph } from './graph.ts';
import { RecordingBackend } from './recorder.ts';
import { explainTfjs, refusal } from './refusals.ts';

const BACKEND = 'latentkit-recording';

/** The backend that the kernels below note their calls in. */
const current = () => tf.backend() as RecordingBackend;

let registered = false;

/** Registers the kernels that record: tfjs's registry is global, so once is enough. */
function registerKernels(): void {
  if (registered) return;
  registered = true;
  const refuse = (kernelName: string): never => {
    throw refusal(kernelName, ' of these types or shapes');
  };
  for (const { kernelName, lower } of lowerings) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => {
        const lowered = lower(inputs, attrs ?? {});
        return lowered ? current().record(lowered) : refuse(kernelName);
      },
    });
  }
  for (const one of compositions) {
    tf.registerKernel(composedKernelOf(BACKEND, one, () => refuse(one.kernelName)));
  }
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: BACKEND,
    kernelFunc: ({ inputs }) => current().share(inputs.x!, inputs.x!.shape),
  });
  tf.registerKernel({
    kernelName: tf.Cast,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const { dtype } = attrs as unknown as { dtype: tf.DataType };
      if (dtype === inputs.x!.dtype) return current().share(inputs.x!, inputs.x!.shape);
      throw refusal(tf.Cast, ` to ${dtype}`);
    },
  });
  tf.registerKernel({
    kernelName: tf.Reshape,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const { shape } = attrs as unknown as { shape: number[] };
      return current().share(inputs.x!, tf.util.inferFromImplicitShape(shape, sizeOfShape(inputs.x!.shape)));
    },
  });
}

/**
 * Watches a program compute on tensors without numbers, and writes down what it does.
 *
 * tfjs's current backend is another one meanwhile; nothing is computed, and no memory taken.
 *
 * @throws `E_BACKEND` where the program needs a kernel that cannot be recorded; `E_USAGE` where it reads numbers, or uses
 *   tensors from outside.
 */
export function record(program: TracedProgram<tf.Tensor>, shapes: ProgramShapes): Graph {
  registerKernels();
  const engine = tf.engine();
  const before = engine.backendName;
  const recording = new RecordingBackend();
  tf.registerBackend(BACKEND, () => recording);
  // A factory that gives its backend at once makes this switch at once; the promise is only tfjs's general form.
  void tf.setBackend(BACKEND);
  engine.startScope('record');
  try {
    return trace(program, shapes, recording);
  } catch (error) {
    throw explainTfjs(error, BACKEND);
  } finally {
    engine.endScope();
    tf.removeBackend(BACKEND);
    if (before) void tf.setBackend(before);
  }
}

function trace(program: TracedProgram<tf.Tensor>, shapes: ProgramShapes, recording: RecordingBackend): Graph {
  const tensorsOf = (type: 'parameter' | 'input' | 'scalar', all: ProgramShapes['inputs']) =>
    Object.fromEntries(
      Object.entries(all).map(([name, shape]) => [
        name,
        tf.engine().makeTensorFromTensorInfo(recording.add(shape, { type, name })),
      ]),
    );
  const valuesOf = (tensors: Readonly<Record<string, tf.Tensor>>) =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, one]) => [
        name,
        { value: recording.indexOf(one), shape: one.shape },
      ]),
    );
  const {
    outputs,
    gradients,
    state,
    guards = Object.keys(outputs).filter((name) => outputs[name]!.size === 1),
  } = program.trace({
    parameters: tensorsOf('parameter', shapes.parameters),
    inputs: tensorsOf('input', shapes.inputs),
    scalars: tensorsOf('scalar', Object.fromEntries(shapes.scalars.map((name) => [name, []]))),
  });
  for (const name of guards) {
    if (outputs[name]?.size === 1) continue;
    throw new LatentkitError('E_USAGE', `record: the guard '${name}' is no scalar output of the program`, {
      fix: `Scalar outputs: ${Object.keys(outputs).filter((one) => outputs[one]!.size === 1)}`,
    });
  }
  const { values, nodes } = recording;
  const results = {
    outputs: valuesOf(outputs),
    gradients: gradients && valuesOf(gradients),
    state: state && valuesOf(state),
  };
  // Some may have been kept.
  tf.dispose([outputs, gradients ?? {}, state ?? {}] as tf.NamedTensorMap[]);
  return { values, nodes, ...results, guards };
}
