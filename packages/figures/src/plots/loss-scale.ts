import { niceTicks } from '../text/nice-ticks.ts';

/** The y axis of a panel of losses. */
export interface LossScale {
  domain: [number, number];
  ticks: number[];
  log: boolean;
}

/** A curve that falls from more than this many times its median would be a flat line on a linear axis. */
const LOG_ABOVE = 5;

function logTicks(low: number, high: number): number[] {
  const decades = Math.log10(high / low);
  const every = Math.ceil(decades / 5);
  const factors = decades < 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    if (decades >= 2 && power % every !== 0) continue;
    for (const factor of factors) {
      const tick = power < 0 ? factor / 10 ** -power : factor * 10 ** power;
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/**
 * A y axis that shows all of the values: linear, or logarithmic where the values (all positive) begin
 * so high that nothing else would be seen.
 *
 * @param values finite, at least one.
 * @param mayBeLog false keeps it linear.
 * @example
 * lossScale([540, 210, 160, 150]); // { domain: [134.4, 555.6], ticks: [200, 300, 400, 500], log: false }
 */
export function lossScale(values: readonly number[], { mayBeLog = true } = {}): LossScale {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[0]!;
  const high = sorted.at(-1)!;
  const median = sorted[sorted.length >> 1]!;
  if (mayBeLog && low > 0 && high > LOG_ABOVE * median) {
    const domain: [number, number] = [low / 1.2, high * 1.2];
    return { domain, ticks: logTicks(...domain), log: true };
  }
  const spread = high - low;
  const pad =
    spread > Math.abs(high) * 1e-9 ? spread * (values.length > 2 ? 0.04 : 0.6) : Math.abs(high) * 0.1 || 1;
  const domain: [number, number] = [low < 0 ? low - pad : Math.max(0, low - pad), high + pad];
  return { domain, ticks: niceTicks(...domain, 5), log: false };
}
