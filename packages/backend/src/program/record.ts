import { LatentkitError, sizeOfShape, type TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { lowerings } from '../kernels/lowerings.ts';
import type { Graph, GraphResult, ProgramShapes } from './graph.ts';
import { RecordingBackend, valueIndex } from './recorder.ts';

const BACKEND = 'latentkit-recording';

/** The backend that the kernels below note their calls in. */
const current = () => tf.backend() as RecordingBackend;

let registered = false;

/** Registers the kernels that record: tfjs's registry is global, so once is enough. */
function registerKernels(): void {
  if (registered) return;
  registered = true;
  for (const { kernelName, lower } of lowerings) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => {
        const lowered = lower(inputs, attrs ?? {});
        if (lowered) return current().record(lowered);
        throw new LatentkitError(
          'E_BACKEND',
          `record: ${kernelName} of these types or shapes cannot be recorded`,
        );
      },
    });
  }
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: BACKEND,
    kernelFunc: ({ inputs }) => ({ ...inputs.x! }),
  });
  tf.registerKernel({
    kernelName: tf.Reshape,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => {
      const { dataId, dtype, shape } = inputs.x!;
      const wanted = (attrs as unknown as { shape: number[] }).shape;
      return { dataId, dtype, shape: tf.util.inferFromImplicitShape(wanted, sizeOfShape(shape)) };
    },
  });
}

/**
 * Watches a program compute on tensors without numbers, and writes down what it does.
 *
 * tfjs's current backend is another one meanwhile; nothing is computed, and no memory taken.
 *
 * @throws `E_BACKEND` where the program needs a kernel that cannot be recorded; `E_USAGE` where it reads numbers.
 */
export function record(program: TracedProgram<tf.Tensor>, shapes: ProgramShapes): Graph {
  registerKernels();
  const before = tf.engine().backendName;
  const recording = new RecordingBackend();
  tf.registerBackend(BACKEND, () => recording);
  // A factory that gives its backend at once makes this switch at once; the promise is only tfjs's general form.
  void tf.setBackend(BACKEND);
  const scope = tf.engine();
  scope.startScope('record');
  try {
    const tensors = (type: 'parameter' | 'input', all: ProgramShapes['inputs']) =>
      Object.fromEntries(
        Object.entries(all).map(([name, shape]) => [
          name,
          scope.makeTensorFromTensorInfo(recording.add(shape, { type, name })),
        ]),
      );
    const parameters = tensors('parameter', shapes.parameters);
    const { outputs, gradients } = program.trace(parameters, tensors('input', shapes.inputs));
    const { values, nodes } = recording;
    const graph = {
      values,
      nodes,
      outputs: resultsOf(outputs),
      gradients: gradients && resultsOf(gradients),
    };
    tf.dispose([outputs, gradients ?? []]); // some may have been kept
    return graph;
  } finally {
    scope.endScope();
    tf.removeBackend(BACKEND);
    if (before) void tf.setBackend(before);
  }
}

function resultsOf(tensors: Record<string, tf.Tensor>): Record<string, GraphResult> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { dataId, shape }]) => [name, { value: valueIndex(dataId), shape }]),
  );
}
