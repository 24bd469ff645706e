/** 10000 as `10,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A loss: sums over pixels are in the hundreds, means below 1. */
export function formatLoss(loss: number): string {
  return loss.toFixed(Math.abs(loss) < 1 ? 5 : 2);
}

/** Three digits: `0.001`, `0.00198`, `1e-7`. */
export function formatRate(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}

/** Seconds as `0.06 s`, `4.2 s`, `1:05` or `2:03:20`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0.995) return `${seconds.toFixed(2)} s`;
  return seconds < 59.95 ? `${seconds.toFixed(1)} s` : formatClock(seconds);
}

/** Seconds as `0:04`, `1:05` or `2:03:20`. */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}
