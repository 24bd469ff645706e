import { checkValue, listRule } from '@latentkit/core/options';
import { type Dimension, toEven } from '../space/dimension.ts';
import { type SearchSpace, type Settings, spaceRule } from '../space/search-space.ts';

/** What a setting has to do with the values of trials. */
export interface Importance {
  readonly name: string;
  /** Share of the variance of the trials' ranks that the setting's groups explain, 0 to 1; undefined where trials are too few to tell. */
  readonly share: number | undefined;
  /** Spearman's correlation of a setting of numbers with the value: below 0 where more of it is better. */
  readonly correlation: number | undefined;
  /** Trials that have the setting. */
  readonly trials: number;
}

/** A trial's settings, and its value: the lower, the better. One that is no number counts as the worst. */
export interface ValuedTrial {
  readonly settings: Settings;
  readonly value: number;
}

const MOST_GROUPS = 4;

/**
 * What each setting has to do with how good trials are, the most important first. Trials are grouped by the setting's values (numbers of
 * a range by up to four equally large parts of them); of the ranks of their values, groups explain the share `(H - k + 1) / (N - k)`
 * by the statistic `H` of Kruskal and Wallis over `k` groups of `N` trials, 0 at least. One setting at a time: what settings do only
 * together is in none of them. Of a conditional setting, over the trials that have it.
 *
 * @example
 * const [most] = measureImportance(space, trials);
 * most; // { name: 'learningRate', share: 0.71, correlation: -0.2, trials: 32 }
 * @see Kruskal & Wallis (1952); Tomczak & Tomczak: "The need to report effect size estimates revisited" (2014)
 */
export function measureImportance(space: SearchSpace, trials: readonly ValuedTrial[]): Importance[] {
  checkValue('measureImportance', 'space', space, spaceRule);
  checkValue('measureImportance', 'trials', trials, listRule);
  const measured = space.dimensions.map((dimension) => {
    const those = trials.filter(({ settings }) => Object.hasOwn(settings, dimension.name));
    const ranks = rank(those.map(({ value }) => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY)));
    const settings = those.map((trial) => trial.settings[dimension.name]);
    const numbers = numbersOf(dimension, settings);
    return {
      name: dimension.name,
      share: shareOf(groupsOf(dimension, settings), ranks),
      correlation: numbers && correlate(rank(numbers), ranks),
      trials: those.length,
    };
  });
  return measured.sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
}

/** A group for each trial. */
function groupsOf(dimension: Dimension, settings: readonly unknown[]): readonly (string | number)[] {
  const texts = settings.map((value) => JSON.stringify(value));
  if (dimension.kind === 'choices' || new Set(texts).size <= MOST_GROUPS) return texts;
  const ranks = rank(settings as readonly number[]); // equal numbers are of one group
  return ranks.map((at) => Math.ceil((at * MOST_GROUPS) / (settings.length + 1)));
}

function shareOf(groups: readonly (string | number)[], ranks: readonly number[]): number | undefined {
  const count = ranks.length;
  const members = [...Map.groupBy(ranks.keys(), (i) => groups[i]!).values()];
  if (members.length < 2 || count <= members.length) return undefined;
  const middle = (count + 1) / 2;
  const total = sum(ranks.map((at) => (at - middle) ** 2));
  if (total === 0) return 0;
  const between = sum(
    members.map((those) => those.length * (mean(those.map((i) => ranks[i]!)) - middle) ** 2),
  );
  const h = ((count - 1) * between) / total;
  return Math.max(0, (h - members.length + 1) / (count - members.length));
}

function numbersOf(dimension: Dimension, settings: readonly unknown[]): readonly number[] | undefined {
  if (!settings.every((value) => typeof value === 'number')) return undefined;
  return dimension.kind === 'numbers' ? settings.map((value) => toEven(dimension, value)) : settings;
}

/** Pearson's correlation; of ranks, Spearman's. */
function correlate(one: readonly number[], other: readonly number[]): number | undefined {
  const [a, b] = [one, other].map((values) => values.map((value) => value - mean(values))) as [
    number[],
    number[],
  ];
  const scale = Math.sqrt(sum(a.map((x) => x * x)) * sum(b.map((x) => x * x)));
  return scale > 0 ? sum(a.map((x, i) => x * b[i]!)) / scale : undefined;
}

/** From 1; equal ones share the mean of their places. */
function rank(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) =>
    values[a] === values[b] ? 0 : values[a]! < values[b]! ? -1 : 1,
  );
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let end = from + 1;
    while (end < order.length && values[order[end]!] === values[order[from]!]) end++;
    for (let at = from; at < end; at++) ranks[order[at]!] = (from + 1 + end) / 2;
    from = end;
  }
  return ranks;
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
