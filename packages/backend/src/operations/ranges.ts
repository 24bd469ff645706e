/** Cuts `[0, size)` into at most `count` ranges whose lengths are multiples of `step`, but for the last. */
export function ranges(size: number, count: number, step: number): { from: number; length: number }[] {
  const length = Math.max(step, Math.ceil(size / count / step) * step);
  const all: { from: number; length: number }[] = [];
  for (let from = 0; from < size; from += length) all.push({ from, length: Math.min(length, size - from) });
  return all;
}
