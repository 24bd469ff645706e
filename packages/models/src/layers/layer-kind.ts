import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { LayerPlan } from '../layer-plan.ts';
import type { Parameters } from '../parameters.ts';
import type { PassContext } from '../pass.ts';

/** What a layer computes with, beside its input. */
export interface LayerContext {
  readonly parameters: Parameters;
  /**
   * For a layer with a condition: one-hot; or every class, `'spread'` over each row (`[rows * classes, ...]` come out), `'inTurn'` where
   * the rows are of class 0, 1, ..., and 0 again.
   */
  readonly labels?: Tensor2D | 'spread' | 'inTurn';
  /** False for the layer that reads the data: its gradient would be computed to be thrown away. True by default. */
  readonly inputGradient?: boolean;
  /** Of a pass in training: hears new numbers for a layer's state. Absent where the state is read as it is. */
  readonly emit?: PassContext['emit'];
}

/** One layer after the other. */
export type RunLayers = (layers: readonly LayerPlan[], x: Tensor, context: LayerContext) => Tensor;

/** A row of {@link LAYERS}. */
export interface LayerKind {
  readonly type: string;
  /** @param run runs the layers of a block. */
  apply(x: Tensor, plan: LayerPlan, context: LayerContext, run: RunLayers): Tensor;
  /** What it computes, for a reader: `convolution 3 x 3, stride 2`. */
  describe(plan: LayerPlan): string;
}
