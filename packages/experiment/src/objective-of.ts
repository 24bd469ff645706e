import type { Model } from '@latentkit/models';
import { createObjective, type Objective, withBeta } from '@latentkit/objectives';
import type { ExperimentConfig } from './config-schema.ts';

/** What a config's training minimises, its beta in it, of so many examples to learn from. */
export function objectiveOf(
  { objective: spec, training: { beta } }: Pick<ExperimentConfig, 'objective' | 'training'>,
  model: Model,
  examples: number,
): Objective {
  const objective = createObjective(model, spec, { examples });
  return beta === undefined ? objective : withBeta(objective, beta);
}
