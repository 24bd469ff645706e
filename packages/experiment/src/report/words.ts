/** Words and numbers as reports have them. */

/** 10000 as `10,000`. */
export function whole(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** Losses span from 0.01 (means over pixels) to 500. Numbers that stand beside each other have the digits of the largest. */
export function fixed(value = Number.NaN, largest = value): string {
  return value.toFixed(Math.abs(largest) < 1 ? 5 : 2);
}

/** A term's column as a reader wants it: `totalCorrelation` as `total correlation`, `klZ2` as `KL of z2`. */
export function wordsOf(name: string): string {
  return name
    .replace(/Z2$/, ' of z2')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\bkl\b/, 'KL');
}

/** Seconds as `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
