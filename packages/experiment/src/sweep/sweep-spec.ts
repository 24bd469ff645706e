import { didYouMean, LatentkitError, shorten } from '@latentkit/core';
import { checkValue, objectRule } from '@latentkit/core/options';
import { checkBy, fields, openFields, optional, type Schema, text, whole } from '@latentkit/core/schema';
import {
  createSearchSpace,
  createStrategy,
  type Ranges,
  rangesSchema,
  type SearchSpace,
  type Settings,
  type Strategy,
  type StrategySpec,
  strategySchema,
} from '@latentkit/sweeps';
import { applySettings } from '../apply-settings.ts';
import { configFields, type ExperimentConfig } from '../config-schema.ts';
import { type PartialConfig, parseConfig, parsePartialConfig } from '../parse-config.ts';
import { JUDGED_BY_ELBO } from './judge-row.ts';

/** A sweep as a file says it. */
export interface SweepSpec {
  /** What trials have in common: a recipe, and what differs from it. */
  readonly recipe?: string | undefined;
  readonly config?: PartialConfig | undefined;
  /** The settings that differ, by their paths in a config or by the names of their flags: `latentDim` is `model.latentDim`. */
  readonly ranges: Ranges;
  /** How trials are chosen; `'sobol'` by default. */
  readonly strategy?: StrategySpec | undefined;
  /** Trials, and epochs of one that goes to its end: the recipe's by default. */
  readonly budget?:
    | { readonly trials?: number | undefined; readonly epochs?: number | undefined }
    | undefined;
  /** What is to be small: `'elbo'`, the negative ELBO of validation at beta 1, or a column of `metrics.jsonl`. */
  readonly judge?: string | undefined;
  /** Decides which settings are tried; 1 by default. */
  readonly seed?: number | undefined;
}

const specSchema = fields({
  recipe: optional(text()),
  config: optional(openFields({})),
  ranges: rangesSchema,
  strategy: optional(strategySchema),
  budget: optional(fields({ trials: optional(whole(1)), epochs: optional(whole(1)) })),
  judge: optional(text()),
  seed: optional(whole(0)),
}) as unknown as Schema<SweepSpec>;

/**
 * A sweep from untrusted JSON, every field checked but those of its config, which its recipe belongs to.
 *
 * @param where what to call the source in an error: a file's name.
 * @throws `E_CONFIG` naming the first field that does not fit, what was expected and what was got.
 * @example
 * const spec = parseSweep({ recipe: 'digits-dense', ranges: { latentDim: [2, 5, 10] }, budget: { trials: 3 } });
 */
export function parseSweep(input: unknown, where = 'sweep'): SweepSpec {
  const spec = checkBy(specSchema, input, where);
  if (spec.config) parsePartialConfig(spec.config, `${where}: config`);
  for (const name of Object.keys(spec.ranges)) pathOf(name, where);
  return spec;
}

/** What a sweep tries, and how a trial is judged. */
export interface SweepPlan {
  readonly space: SearchSpace;
  readonly strategy: Strategy;
  /** How the strategy is called: `'halving'`. */
  readonly strategyName: string;
  readonly judge: string;
  readonly seed: number;
  /** Of a trial that goes to its end. */
  readonly epochs: number;
  /**
   * The config of a trial.
   *
   * @throws `E_CONFIG`, `E_USAGE` naming its settings, where there can be no such config.
   */
  configOf(settings: Settings): ExperimentConfig;
}

/**
 * What a sweep is to do.
 *
 * @param base what its trials have in common, its recipe and config merged.
 * @throws `E_CONFIG`, `E_LIMIT` for strategies and budgets that cannot be.
 * @example
 * const plan = planSweep(parseSweep(json), config);
 * const [first] = plan.strategy.tasks([]);
 * plan.configOf(first.settings).model.latentDim;
 */
export function planSweep(spec: SweepSpec, base: ExperimentConfig, where = 'sweep'): SweepPlan {
  const checked = parseSweep(spec, where);
  const config = parseConfig(base, where);
  const { ranges, strategy: named = 'sobol', seed = 1, judge = JUDGED_BY_ELBO, budget } = checked;
  const epochs = budget?.epochs ?? config.training.epochs;
  const space = createSearchSpace(ranges, `${where}: ranges`);
  const strategy = createStrategy(named, space, {
    ...{ budget: { trials: budget?.trials, epochs }, seed },
    where: `${where}: strategy`,
  });
  return {
    ...{ space, strategy, judge, seed, epochs },
    strategyName: typeof named === 'string' ? named : named.type,
    configOf(settings) {
      const from = `${where}: ${describeSettings(settings)}`;
      const set = Object.entries(settings).map(([name, value]) => ({ path: pathOf(name, where), value }));
      const changed = applySettings(config, [...set, { path: ['training', 'epochs'], value: epochs }], from);
      return parseConfig(changed, from);
    },
  };
}

/** Settings as a line: `latentDim 5, learningRate 0.001`. */
export function describeSettings(settings: Settings): string {
  checkValue('describeSettings', 'settings', settings, objectRule);
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${showSetting(value)}`)
    .join(', ');
}

/** A setting's value as a cell shows it. */
export function showSetting(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Settings that have a flag of their own, by its name. */
const SHORT: Readonly<Record<string, string>> = {
  latentDim: 'model.latentDim',
  likelihood: 'model.likelihood',
  batchSize: 'training.batchSize',
  learningRate: 'training.learningRate',
  beta: 'training.beta',
  optimizer: 'training.optimizer',
  binarize: 'training.binarize',
};

/** Parts of a config that trials share, and why. */
const SHARED: Readonly<Record<string, string>> = {
  'training.epochs': 'how long trials are trained is budget.epochs',
  dataset: 'all trials are judged by the same images: choose them in config.dataset',
  recipe: 'trials are of one recipe: name its settings one by one',
  start: 'all trials begin with weights of their own',
  figures: 'figures decide nothing',
};

/** @throws `E_CONFIG` for a setting that trials cannot differ in. */
function pathOf(name: string, where: string): string[] {
  const path = Object.hasOwn(SHORT, name) ? SHORT[name]! : name;
  const shared = Object.entries(SHARED).find(([part]) => path === part || path.startsWith(`${part}.`));
  if (shared || name === 'epochs') {
    const reason = shared?.[1] ?? SHARED['training.epochs'];
    throw new LatentkitError('E_CONFIG', `${where}: ranges.${shorten(name)}: ${reason}`);
  }
  const [part] = path.split('.') as [string];
  if (path.includes('.') && Object.hasOwn(configFields, part)) return path.split('.');
  if (path === 'objective') return [path];
  const known = [...Object.keys(SHORT), 'model.latentDim', 'training.seed', 'objective'];
  throw new LatentkitError(
    'E_CONFIG',
    `${where}: ranges.${shorten(name)} is no setting of a config: expected its path, as model.latentDim`,
    { fix: didYouMean(shorten(name), known) },
  );
}
