const ALIGNMENT = 64;

/** Places short-lived blocks in one stretch of memory, each where the first gap is. */
export interface ArenaPlan {
  /** Where a block of so many bytes goes. */
  take(bytes: number): number;
  /** Gives a block's room back. */
  release(offset: number): void;
  /** The most that was ever in use. */
  readonly bytes: number;
}

export function planArena(): ArenaPlan {
  const taken: { offset: number; end: number }[] = []; // in the order of their offsets
  let most = 0;
  return {
    take(wanted) {
      const bytes = Math.ceil(Math.max(1, wanted) / ALIGNMENT) * ALIGNMENT;
      let offset = 0;
      let i = 0;
      while (i < taken.length && taken[i]!.offset - offset < bytes) offset = taken[i++]!.end;
      taken.splice(i, 0, { offset, end: offset + bytes });
      most = Math.max(most, offset + bytes);
      return offset;
    },
    release(offset) {
      taken.splice(
        taken.findIndex((block) => block.offset === offset),
        1,
      );
    },
    get bytes() {
      return most;
    },
  };
}
