import { LatentkitError, portableLog } from '@latentkit/core';
import type { KernelMemory } from '@latentkit/kernels';
import type { DescentState, Edges, TsneKernels } from '@latentkit/kernels/tsne';
import type { Work } from '../work.ts';
import type { TsnePlan } from './plan-tsne.ts';
import { rearrange } from './rearrange.ts';
import { rest } from './rest.ts';

/** Up to here all pairs are faster than the tree. */
const EXACT_POINTS = 400;
/** Iterations from one divergence to the next. */
export const WINDOW = 50;

export interface Iteration {
  /** Iterations that are over. */
  readonly step: number;
  /** The divergence, as of the latest iteration that computed it. */
  readonly objective: number;
}

/** Where things are in the kernels' memory. */
export interface OptimizationBuffers extends DescentState {
  edges: Edges;
  scratch: number;
  /** The point that each row of the other buffers is for. */
  order: Uint32Array;
  /** Writes the edges in that order. */
  writeEdges(): Work<void>;
}

/**
 * Gradient descent on the Kullback-Leibler divergence of the similarities from the affinities; yields after each
 * iteration.
 *
 * @returns the last iteration, with the divergence of where it ended.
 * @throws `E_NOT_FINITE` when the places are no numbers any more.
 */
export function* optimize(
  kernels: { memory: KernelMemory; tsne: TsneKernels },
  buffers: OptimizationBuffers,
  plan: TsnePlan,
): Generator<Iteration, Iteration> {
  const { count, theta, iterations, exaggeration, exaggerationIterations, learningRate, earlyStop } = plan;
  const { tsne, memory } = kernels;
  const { edges, places, attraction, repulsion, scratch } = buffers;
  const repel = () =>
    count <= EXACT_POINTS || theta === 0
      ? tsne.repelExactly(places, count, repulsion, scratch)
      : tsne.repel(places, count, theta, repulsion, scratch);
  const divergenceAt = (z: number) => tsne.divergence(places, count, edges) + portableLog(z);
  let objective = Number.POSITIVE_INFINITY;
  let step = 0;
  for (; step < iterations; step++) {
    if (step === exaggerationIterations && step > 0) {
      // As in scikit-learn: gains that grew under exaggeration fling points about without it.
      rest(memory, buffers, count);
      const pieces = rearrange(kernels, buffers);
      while (!pieces.next().done) yield { step, objective };
    }
    const z = repel();
    if (step % WINDOW === 0) {
      const last = objective;
      objective = divergenceAt(z);
      const isSettling = step >= exaggerationIterations + 2 * WINDOW;
      if (earlyStop && isSettling && last - objective < earlyStop * objective) break;
    }
    tsne.attract(places, count, edges, attraction);
    const isEarly = step < exaggerationIterations;
    tsne.descend(buffers, count, {
      exaggeration: isEarly ? exaggeration : 1,
      inverseZ: 1 / z,
      momentum: isEarly ? 0.5 : 0.8,
      rate: learningRate,
    });
    if (!Number.isFinite(tsne.center(places, count))) throw diverged(step, learningRate);
    yield { step: step + 1, objective };
  }
  return { step, objective: divergenceAt(repel()) };
}

function diverged(step: number, learningRate: number): LatentkitError {
  return new LatentkitError(
    'E_NOT_FINITE',
    `tsne: places are not finite after iteration ${step + 1} at a learning rate of ${learningRate}`,
    { fix: "Lower learningRate, or leave it at 'auto'" },
  );
}
