import type { Random } from '@latentkit/core';

/** Runs what draws from `Math.random` with these draws instead; it must be synchronous, and `Math.random` is back after it. */
export function withSeededRandom<Result>(random: Random, run: () => Result): Result {
  const own = Math.random;
  Math.random = () => random.uniform();
  try {
    return run();
  } finally {
    Math.random = own;
  }
}
