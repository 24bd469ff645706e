import { LatentkitError } from '@latentkit/core';
import { checkValue } from '@latentkit/core/options';
import { type Objective, objectiveRule } from '@latentkit/objectives';
import { createOptimizer, type OptimizerSpec } from './create-optimizer.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * An optimizer for one of an objective's players. Where one before it moves some of the same parameters, its memory of them is apart:
 * `<parameter>/<player>.<slot>`.
 *
 * @throws `E_UNKNOWN_NAME` for a player that there is not; `E_CONFIG` as {@link createOptimizer}.
 * @example
 * playerOptimizer(objective, 'encoder', { name: 'adam' }).rule.slots; // ['encoder.m', 'encoder.v']
 */
export function playerOptimizer(objective: Objective, name: string, spec: OptimizerSpec): Optimizer {
  checkValue('playerOptimizer', 'objective', objective, objectiveRule);
  const { players } = objective;
  const at = players.findIndex((player) => player.name === name);
  if (at < 0) {
    throw new LatentkitError('E_UNKNOWN_NAME', `playerOptimizer: the objective has no player '${name}'`, {
      fix: `Its players: ${players.map((player) => player.name).join(', ')}`,
    });
  }
  const optimizer = createOptimizer(spec);
  const moves = new Set(players[at]!.moves);
  const isShared = players.slice(0, at).some((before) => before.moves.some((moved) => moves.has(moved)));
  if (!isShared) return optimizer;
  const { rule } = optimizer;
  return { ...optimizer, rule: { ...rule, slots: rule.slots.map((slot) => `${name}.${slot}`) } };
}
