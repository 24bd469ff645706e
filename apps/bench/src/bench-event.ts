import type { EngineName } from './engine-catalog.ts';

/** A row of the result. */
export interface BenchResult {
  name: string;
  engine: EngineName;
  /** How the library computed, where it has several ways: the fastest of them. */
  how: string | null;
  /** Threads that computed. */
  workers: number;
  msMedian: number;
  msP10: number;
  msP90: number;
  /** GFLOP/s: the dense formula's operations over the median. */
  gflops: number;
  /** Of a row that trains: the mean over its first 10 steps. */
  loss: number | null;
  /**
   * The median of the fastest peer over this row's: above 1, this row is faster. Peers are those of other engines than ours
   * that computed on at most as many threads; null where there is none.
   */
  ratioToBest: number | null;
  /** That peer. */
  bestPeer: EngineName | null;
  /** The same against PyTorch, and against tfjs's own WASM backend. */
  ratioToPyTorch: number | null;
  ratioToTfjsWasm: number | null;
}

/** Libraries whose versions a run tells. */
export const VERSION_KEYS = [
  'tfjs',
  'pytorch',
  'blas',
  'jax',
  'keras',
  'tensorflow',
  'jaxJs',
  'chromium',
] as const;

/** Where and on what it was measured. */
export interface MachineEvent {
  type: 'machine';
  date: string;
  cpu: string;
  cores: number;
  node: string;
  v8: string;
  versions: Record<(typeof VERSION_KEYS)[number], string | null>;
}

/** The best that our products reached on one thread in this run. */
export interface CeilingEvent {
  type: 'ceiling';
  gflops: number;
  name: string;
  workers: 1;
}

/** The most memory that the process of an engine had resident, over all rows of the run. */
export interface MemoryUse {
  engine: EngineName;
  how: string | null;
  workers: number;
  peakBytes: number;
}

/** How a row of ours goes with the number of its workers. */
export interface ScalingPoint {
  name: string;
  workers: number;
  msMedian: number;
  /** The time of the fewest workers over this one. */
  speedUp: number;
  /** The speed-up over the workers, as many times those of the first point. */
  efficiency: number;
}

/** The end. */
export interface SummaryEvent {
  type: 'summary';
  /** GFLOP/s of our training steps on one thread over the ceiling, by row; the zeros they skip are not counted as done. */
  shareOfCeiling: Record<string, number>;
  /** Of the rows that ran with several numbers of workers. */
  scaling: ScalingPoint[];
  memory: MemoryUse[];
  notes: string[];
}

/** What a benchmark tells as it runs. */
export type BenchEvent =
  | MachineEvent
  | { type: 'progress'; name: string; engine: string; round: number; rounds: number }
  | { type: 'note'; text: string }
  | { type: 'row'; row: BenchResult }
  | CeilingEvent
  | SummaryEvent;
