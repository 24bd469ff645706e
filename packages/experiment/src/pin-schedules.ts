import type { Schedule } from '@latentkit/core';
import type { ExperimentConfig } from './config-schema.ts';

/**
 * A config whose schedules say themselves how long they are: those that last as long as the run, of so many epochs, as if it
 * kept that length. A run that goes on to more epochs has them where they were.
 *
 * @example
 * pinSchedules(config, 10).training.learningRate; // { type: 'cosine', from: 1e-3, to: 0, epochs: 10 }
 */
export function pinSchedules(config: ExperimentConfig, epochs: number): ExperimentConfig {
  const { training, objective } = config;
  const weights = Object.entries(objective ?? {}).map(([name, value]) => [name, pinWeight(value, epochs)]);
  return {
    ...config,
    ...(objective && { objective: Object.fromEntries(weights) as typeof objective }),
    training: {
      ...training,
      learningRate: pin(training.learningRate, epochs),
      ...(training.players && { players: pinPlayers(training.players, epochs) }),
      ...(training.beta !== undefined && { beta: pinWeight(training.beta, epochs) }),
    },
  };
}

function pinPlayers(
  players: NonNullable<ExperimentConfig['training']['players']>,
  epochs: number,
): typeof players {
  return Object.fromEntries(
    Object.entries(players).map(([name, { learningRate, ...player }]) => [
      name,
      { ...player, ...(learningRate !== undefined && { learningRate: pin(learningRate, epochs) }) },
    ]),
  );
}

/** Weights have their end value in the last epoch, and a single epoch nothing else. */
function pinWeight<Value>(weight: Value, epochs: number): Value {
  if (epochs > 1 || !spansRun(weight)) return pin(weight, epochs - 1);
  return { ...weight, from: weight.to, epochs: 1 };
}

function pin<Value>(value: Value, epochs: number): Value {
  return spansRun(value) ? { ...value, epochs } : value;
}

function spansRun(value: unknown): value is Extract<Schedule, { type: 'linear' | 'cosine' | 'cyclic' }> {
  const { type, epochs } = Object(value) as { type?: unknown; epochs?: unknown };
  return ['linear', 'cosine', 'cyclic'].includes(type as string) && epochs === undefined;
}
