import { LatentkitError } from '@latentkit/core';

/** Numbers of which nobody knows beforehand how many they become. */
export interface GrowingNumbers {
  push(value: number): void;
  /** All of them. */
  take(): Float64Array<ArrayBuffer>;
}

/** @throws from `push`, `E_LIMIT` beyond `maxElements` or what there is memory for. */
export function createGrowingNumbers(where: string, maxElements: number): GrowingNumbers {
  let numbers = new Float64Array(Math.min(1024, maxElements));
  let count = 0;
  function grow(): void {
    if (count >= maxElements) {
      throw new LatentkitError(
        'E_LIMIT',
        `${where}: expected at most ${maxElements} numbers (maxElements), got more`,
        {
          fix: 'Raise maxElements if you trust the file.',
        },
      );
    }
    const size = Math.min(2 * count, maxElements);
    try {
      const larger = new Float64Array(size);
      larger.set(numbers);
      numbers = larger;
    } catch (cause) {
      throw new LatentkitError('E_LIMIT', `${where}: there is no memory for ${size} numbers`, { cause });
    }
  }
  return {
    push(value) {
      if (count === numbers.length) grow();
      numbers[count++] = value;
    },
    take: () => numbers.slice(0, count),
  };
}
