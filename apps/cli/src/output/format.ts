/** 10000 as `10,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A loss in about five digits, whatever its size. */
export function formatLoss(loss: number): string {
  if (Math.abs(loss) >= 100) return loss.toFixed(2);
  return Math.abs(loss) >= 1 ? loss.toFixed(3) : loss.toFixed(5);
}

/** Seconds as `4.2 s`, `1:05` or `2:03:20`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
