/** What may be called an anomaly where nobody says. */
const USUAL_SHARE = 0.01;

/**
 * Which of `examples` clean scores, the lowest first, is the threshold that a new clean example passes with a probability of
 * `falseAlarms` at most: `ceil((n + 1) (1 - falseAlarms))`, from 1. Beyond `examples` where so few cannot tell so small a share.
 *
 * @example
 * thresholdRank(999, 0.01); // 990
 */
export function thresholdRank(examples: number, falseAlarms: number): number {
  return Math.ceil((examples + 1) * (1 - falseAlarms));
}

/**
 * The usual share of false alarms, 0.01, or the smallest that so many clean examples can tell.
 *
 * @example
 * usualFalseAlarms(49); // 0.02
 */
export function usualFalseAlarms(examples: number): number {
  const least = Math.ceil(1000 / (examples + 1)) / 1000;
  return least <= USUAL_SHARE || least >= 1 ? USUAL_SHARE : least;
}
