export { type Importance, measureImportance, type ValuedTrial } from './results/measure-importance.ts';
export {
  createOptunaJournal,
  type JournalTrial,
  type OptunaJournal,
  optunaJournal,
} from './results/optuna-journal.ts';
export { type RunSweepOptions, rankTrials, runSweep } from './run-sweep.ts';
export { createSobol, type SobolSequence } from './sobol/sobol.ts';
export type { Choices, Dimension, Numbers } from './space/dimension.ts';
export { type Range, type Ranges, rangesSchema } from './space/ranges.ts';
export { createSearchSpace, type SearchSpace, type Settings } from './space/search-space.ts';
export {
  budgetSchema,
  type CreateStrategyOptions,
  createStrategy,
  STRATEGIES,
  type StrategySpec,
  strategySchema,
} from './strategies/strategies.ts';
export type { Budget, Outcome, Strategy, Task } from './strategies/strategy.ts';
