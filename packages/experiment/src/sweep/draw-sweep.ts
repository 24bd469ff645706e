import {
  type ParallelAxis,
  type PlottedImportance,
  plotImportances,
  plotParallelCoordinates,
} from '@latentkit/figures';
import type { Dimension, Importance, SearchSpace, Settings } from '@latentkit/sweeps';
import { judgeTitle } from './judge-row.ts';
import type { SweepTrial } from './sweep-results.ts';
import { showSetting } from './sweep-spec.ts';

const MOST_TICKS = 7;
const BAND = 0.05; // over which lines of one choice are spread
const CLEAR = 0.3; // of a correlation of ranks, that is worth a word

/**
 * The trials of a sweep as lines over its settings and the judge, the best first.
 *
 * @param trials the best first.
 */
export function drawTrials(
  space: SearchSpace,
  judge: string,
  trials: readonly SweepTrial[],
  subtitle: string,
): string {
  const axes = space.dimensions.map((dimension) => axisOf(dimension, trials));
  const values = trials.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const [least = 0, worst = 1] = [values[0], values.at(-1)];
  // A few that went wrong would press the others together.
  const usual = values[Math.floor(0.85 * (values.length - 1))] ?? worst;
  const isCut = worst - least > 2.5 * (usual - least) && usual > least;
  const most = isCut ? usual : worst;
  const place = (value: number) => (most > least ? Math.min(1, (value - least) / (most - least)) : 0);
  const last: ParallelAxis = {
    name: judgeTitle(judge),
    ticks: [
      { at: 0, text: short(least) },
      ...(most > least
        ? [
            { at: 0.5, text: short((least + most) / 2) },
            { at: 1, text: `${isCut ? '≥ ' : ''}${short(most)}` },
          ]
        : []),
    ],
    none: trials.some(({ value }) => value === undefined) ? 'failed' : undefined,
  };
  return plotParallelCoordinates(
    [...axes.map(({ axis }) => axis), last],
    trials.map(({ settings, value }, i) => ({
      at: [...axes.map(({ at }) => at(settings, i)), value === undefined ? undefined : place(value)],
    })),
    { title: 'Trials', subtitle, width: Math.max(720, 150 * (axes.length + 1)) },
  );
}

interface PlacedAxis {
  axis: ParallelAxis;
  at(settings: Settings, line: number): number | undefined;
}

function axisOf(dimension: Dimension, trials: readonly SweepTrial[]): PlacedAxis {
  const { name } = dimension;
  const none = trials.some(({ settings }) => !Object.hasOwn(settings, name)) ? 'without' : undefined;
  const title = name.slice(name.lastIndexOf('.') + 1);
  if (dimension.kind === 'choices') {
    const texts = dimension.values.map((value) => JSON.stringify(value));
    const place = (i: number) =>
      texts.length === 1 ? 0.5 : BAND + ((1 - 2 * BAND) * i) / (texts.length - 1);
    const spread = (line: number) =>
      trials.length === 1 ? 0 : BAND * (2 * (line / (trials.length - 1)) - 1);
    return {
      axis: {
        name: title,
        ticks: shortChoices(dimension.values).map((text, i) => ({ at: place(i), text })),
        none,
      },
      at: (settings, line) =>
        Object.hasOwn(settings, name)
          ? place(texts.indexOf(JSON.stringify(settings[name]))) + spread(line)
          : undefined,
    };
  }
  const { from, to, isLog, step } = dimension;
  const even = (value: number) => (isLog ? Math.log(value) : value);
  const place = (value: number) => (even(value) - even(from)) / (even(to) - even(from));
  const count = step === undefined || isLog ? Number.POSITIVE_INFINITY : Math.round((to - from) / step) + 1;
  const ticks =
    count <= MOST_TICKS
      ? Array.from({ length: count }, (_, i) => from + i * step!)
      : isLog
        ? [from, ...powersBetween(from, to), to]
        : [from, (from + to) / 2, to];
  return {
    axis: { name: title, ticks: ticks.map((value) => ({ at: place(value), text: short(value) })), none },
    at: (settings) => (Object.hasOwn(settings, name) ? place(settings[name] as number) : undefined),
  };
}

/** Powers of ten that do not lie on the ends. */
function powersBetween(from: number, to: number): number[] {
  const powers: number[] = [];
  for (let k = Math.ceil(Math.log10(from) + 0.15); k < Math.log10(to) - 0.15; k++)
    powers.push(Number(`1e${k}`));
  return powers;
}

/** Choices that are objects by their names, where those tell them apart. */
function shortChoices(values: readonly unknown[]): string[] {
  const names = values.map((value) => {
    const { name, type } = Object(value) as { name?: unknown; type?: unknown };
    return String(typeof value === 'object' ? (name ?? type ?? showSetting(value)) : showSetting(value));
  });
  return new Set(names).size === names.length ? names : values.map(showSetting);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

/** What settings have to do with the judge, and which of their numbers are better. */
export function drawImportances(importances: readonly Importance[], subtitle: string): string {
  const rows = importances.map(({ name, share, correlation }): PlottedImportance => {
    const isClear =
      share !== undefined && share > 0 && correlation !== undefined && Math.abs(correlation) > CLEAR;
    return {
      name,
      share,
      ...(isClear && { note: correlation < 0 ? 'higher is better' : 'lower is better' }),
    };
  });
  return plotImportances(rows, { title: 'Importance of each setting', subtitle });
}
