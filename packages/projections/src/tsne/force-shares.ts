import type { Edges, TsneKernels } from '@latentkit/kernels/tsne';

/** Where the forces of an iteration are made, in memory that threads share. */
export interface ForcePlan {
  readonly count: number;
  readonly theta: number;
  readonly places: number;
  readonly edges: Edges;
  readonly attraction: number;
  readonly repulsion: number;
  /** `repulsionScratch(count)` bytes: of the tree, and of who plants it. */
  readonly scratch: number;
}

/** What a worker is to do: shares of a map's forces, in the map's memory. */
export interface ForceTask {
  readonly memory: WebAssembly.Memory;
  readonly plan: ForcePlan;
  /** Pointers to the control block, to memory of the worker's own, and to room that its kernels keep. */
  readonly control: number;
  readonly own: number;
  readonly room: number;
}

// Places of numbers in the threads' control block.
const GENERATION = 0;
const QUIT = 1;
const DONE = 2;
const FAILED = 3;
const ATTRACT = 4;
const ATTRACT_SHARES = 5;
const REPEL = 6;
const REPEL_SHARES = 7;

/** Numbers of the control block, zeros at first. */
export const CONTROL_NUMBERS = 8;

/** Points whose attraction is one share. */
const ROWS = 512;
/** Subtrees have at most this part of the points, so that there are more shares than threads, of very different lengths. */
const SUBTREES = 128;
// Who waits looks so many times (a millisecond, about) before it sleeps.
const LOOKS = 100_000;
// A worker that has had nothing to do for so long ends: nobody says when a map is given up.
const IDLE_MS = 3000;

// An iteration's number, of 15 bits, and how many of its shares are taken, of 16, are one number: who comes late takes none of the next.
const takenOf = (generation: number) => (generation & 0x7fff) << 16;

/** The forces of iterations in shares, as the threads of one map see them. */
export function createForceShares(tsne: TsneKernels, plan: ForcePlan, control: Int32Array) {
  const { count, theta, places, edges, attraction, repulsion, scratch } = plan;
  const load = (place: number) => Atomics.load(control, place);

  /** The number of a share that is now the caller's; -1 if there is none, or none yet. */
  function claim(place: number, total: number, generation: number): number {
    for (;;) {
      const taken = load(place);
      const share = taken & 0xffff;
      if (taken - share !== takenOf(generation) || share >= load(total)) return -1;
      if (Atomics.compareExchange(control, place, taken, taken + 1) === taken) return share;
    }
  }
  function finish(): void {
    if (Atomics.add(control, DONE, 1) + 1 === load(ATTRACT_SHARES) + load(REPEL_SHARES)) {
      Atomics.notify(control, DONE);
    }
  }
  function attractShares(generation: number): void {
    for (;;) {
      const share = claim(ATTRACT, ATTRACT_SHARES, generation);
      if (share < 0) return;
      const first = share * ROWS;
      tsne.attract(places, count, edges, attraction, { first, last: Math.min(count, first + ROWS) });
      finish();
    }
  }
  function repelShares(generation: number): void {
    for (;;) {
      const share = claim(REPEL, REPEL_SHARES, generation);
      if (share < 0) return;
      tsne.repelShare(share, repulsion);
      finish();
    }
  }
  const isPlanted = (generation: number) => (load(REPEL) & ~0xffff) === takenOf(generation);
  const isOver = (generation: number) => load(GENERATION) !== generation || load(QUIT) !== 0;

  return {
    /** For who leads: the attraction and repulsion of all points, and `Z`. Undefined if another thread has failed. */
    lead(): number | undefined {
      const generation = (load(GENERATION) + 1) | 0;
      // Nobody takes a share of this iteration before its number is there.
      Atomics.store(control, DONE, 0);
      Atomics.store(control, ATTRACT_SHARES, Math.ceil(count / ROWS));
      Atomics.store(control, REPEL_SHARES, 0xffff);
      Atomics.store(control, ATTRACT, takenOf(generation));
      Atomics.store(control, GENERATION, generation);
      Atomics.notify(control, GENERATION);
      tsne.plant(places, count, theta, scratch);
      Atomics.store(control, REPEL_SHARES, tsne.cutTree(Math.ceil(count / SUBTREES)));
      Atomics.store(control, REPEL, takenOf(generation));
      repelShares(generation);
      attractShares(generation);
      const total = load(ATTRACT_SHARES) + load(REPEL_SHARES);
      for (let done = load(DONE); done < total; done = load(DONE)) {
        if (load(FAILED)) return undefined;
      }
      return tsne.normalization(count);
    },
    /** For the others: shares of iterations, until there are no more. `own` is `joiningScratch(count)` bytes. */
    follow(own: number): void {
      tsne.joinRepulsion(count, theta, scratch, own);
      for (;;) {
        const generation = load(GENERATION);
        attractShares(generation);
        while (!isPlanted(generation) && !isOver(generation));
        repelShares(generation);
        for (let look = 0; look < LOOKS && !isOver(generation); look++);
        if (!isOver(generation)) Atomics.wait(control, GENERATION, generation, IDLE_MS);
        if (load(QUIT) || load(GENERATION) === generation) return;
      }
    },
    /** Lets the others end. */
    quit(): void {
      Atomics.store(control, QUIT, 1);
      Atomics.notify(control, GENERATION);
    },
    /** Tells who leads that a share will never be done. */
    fail(): void {
      Atomics.store(control, FAILED, 1);
    },
  };
}
