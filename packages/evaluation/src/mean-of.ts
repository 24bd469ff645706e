/** In float64, in order; `error`, the standard error, for two numbers or more. */
export function meanOf(values: ArrayLike<number>): { value: number; error?: number } {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const value = sum / count;
  if (count < 2) return { value };
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - value) ** 2;
  return { value, error: Math.sqrt(squares / (count - 1) / count) };
}
