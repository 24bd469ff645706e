import { thresholdRank } from '@latentkit/evaluation';

/** A threshold among scores, and what it comes to. */
export interface Threshold {
  readonly value: number;
  /** A new ordinary image scores above it with this probability at most. */
  readonly share: number;
  /** Of the images looked at, those above it. */
  readonly odd: number;
}

/**
 * The threshold that so many of the clean scores are above.
 *
 * @param clean the lowest first.
 * @param scores the highest first.
 */
export function thresholdAt(clean: Float64Array, scores: Float64Array, alarms: number): Threshold {
  const value = clean[clean.length - 1 - alarms]!;
  let odd = 0;
  while (odd < scores.length && scores[odd]! > value) odd++;
  return { value, share: (alarms + 1) / (clean.length + 1), odd };
}

/** Places of a slider at most: as many for the first per cent as for all others, as one wants few false alarms. */
const MOST_STOPS = 100;
/** Half of all ordinary images are called odd at its end. */
const MOST_SHARE = 0.5;

/** How many clean scores are above the threshold at each place of a slider; no two have the same. */
export function alarmStops(examples: number): readonly number[] {
  const most = Math.max(1, Math.min(examples, Math.floor(MOST_SHARE * (examples + 1))));
  const all = Array.from({ length: MOST_STOPS + 1 }, (_, i) => Math.round(most ** (i / MOST_STOPS)) - 1);
  return [...new Set(all)];
}

/** Where the slider stands for so many: the nearest place. */
export function stopOf(alarms: number, stops: readonly number[]): number {
  const after = stops.findIndex((stop) => stop >= alarms);
  if (after <= 0) return after < 0 ? stops.length - 1 : 0;
  return stops[after]! - alarms <= alarms - stops[after - 1]! ? after : after - 1;
}

/** A share as one writes it, which leads `fit` and `--false-alarms` to the same threshold. */
export function shareInShort(alarms: number, examples: number): number {
  for (let digits = 2; ; digits++) {
    const least = Math.ceil(((alarms + 1) / (examples + 1)) * 10 ** digits - 1e-9);
    const share = [least, least + 1]
      .map((whole) => whole / 10 ** digits)
      .find((one) => thresholdRank(examples, one) === examples - alarms);
    if (share !== undefined) return share;
  }
}

/** Scores in bins of one width. */
export interface Histogram {
  readonly least: number;
  readonly most: number;
  /** Shares of the fullest bin. */
  readonly clean: readonly number[];
  readonly looked: readonly number[];
}

/** How scores spread: what is far out is in the last bin, so that one image does not make all others a line. */
export function histogramOf(clean: Float64Array, scores: Float64Array, bins: number): Histogram {
  const far = scores[Math.floor(scores.length * 0.005)] ?? 0;
  const least = Math.min(clean[0]!, scores.at(-1)!);
  const most = Math.max(clean.at(-1)!, far, least + Number.MIN_VALUE);
  const count = (values: Float64Array) => {
    const full = new Array<number>(bins).fill(0);
    for (const value of values) {
      const bin = Math.floor(((value - least) / (most - least)) * bins);
      full[Math.min(bins - 1, Math.max(0, bin))]!++;
    }
    const largest = Math.max(...full);
    return full.map((one) => one / largest);
  };
  return { least, most, clean: count(clean), looked: count(scores) };
}
