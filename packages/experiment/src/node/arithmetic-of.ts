import { type Arithmetic, strict } from '@latentkit/kernels/nn';
import type { ExperimentConfig } from '../config-schema.ts';

/** How a run's training rounds. What is fused is loaded where it is wanted: few runs are, and it is as large as the strict kernels. */
export async function arithmeticOf({ training }: ExperimentConfig): Promise<Arithmetic> {
  return training.arithmetic === 'fused' ? (await import('@latentkit/kernels/nn-fused')).fused : strict;
}
