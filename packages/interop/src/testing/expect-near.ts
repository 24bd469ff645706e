import { createTrainedModel, type ModelSpec } from '@latentkit/models';
import { expect } from 'vitest';

/** What another program has computed of a model. */
export interface Computed {
  readonly images: readonly number[];
  readonly codes: readonly number[];
  readonly mean: readonly number[];
  readonly log_var: readonly number[];
  /** Channels last. */
  readonly decoded: readonly number[];
}

const MOST_DIFFERENCE = 1e-5;

/** A model computes what another program did. */
export function expectSame(
  model: { spec: ModelSpec; weights: Parameters<typeof createTrainedModel>[1] },
  computed: Computed,
): void {
  const trained = createTrainedModel(model.spec, model.weights);
  const { mean, logVar } = trained.encode(Float32Array.from(computed.images));
  const decoded = trained.decode(Float32Array.from(computed.codes));
  trained.dispose();
  const near = (got: ArrayLike<number>, numbers: readonly number[]) => {
    expect(got.length).toBe(numbers.length);
    const most = numbers.reduce((largest, value, i) => Math.max(largest, Math.abs(got[i]! - value)), 0);
    expect(most).toBeLessThan(MOST_DIFFERENCE);
  };
  near(mean, computed.mean);
  near(logVar!, computed.log_var);
  near(decoded, computed.decoded);
}
