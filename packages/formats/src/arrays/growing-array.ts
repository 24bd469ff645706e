import { LatentkitError } from '@latentkit/core';

/** Bytes or numbers of which nobody knows beforehand how many they become. */
export interface GrowingArray<Data extends Uint8Array | Float64Array> {
  /** Longer than what is used of it; another one after `reserve`. */
  data: Data;
  length: number;
  /** Makes room for some more. */
  reserve(more: number): void;
  /** What is used, in memory of its own. */
  take(): Data;
}

interface GrowingOptions {
  where: string;
  /** Room to begin with. */
  first: number;
  most: number;
  /** Is called in place of growing beyond `most`, and throws. */
  atLimit: () => never;
}

/** @throws from `reserve`, what `atLimit` throws, and `E_LIMIT` where there is no memory left. */
export function createGrowingArray<Data extends Uint8Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  Type: new (size: number) => Data,
  { where, first, most, atLimit }: GrowingOptions,
): GrowingArray<Data> {
  return {
    data: new Type(Math.min(first, most)),
    length: 0,
    reserve(more) {
      const needed = this.length + more;
      if (needed <= this.data.length) return;
      if (needed > most) atLimit();
      const size = Math.min(Math.max(2 * this.data.length, needed), most);
      try {
        const larger = new Type(size);
        larger.set(this.data.subarray(0, this.length));
        this.data = larger;
      } catch (cause) {
        throw new LatentkitError('E_LIMIT', `${where}: there is no memory for ${size} of them`, { cause });
      }
    },
    take() {
      return this.data.slice(0, this.length) as Data;
    },
  };
}
