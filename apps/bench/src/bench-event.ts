import type { EngineName } from './engine-catalog.ts';

/** A row of the result. */
export interface BenchResult {
  name: string;
  engine: EngineName;
  /** Threads that computed. */
  workers: number;
  msMedian: number;
  msP10: number;
  msP90: number;
  /** GFLOP/s: the dense formula's operations over the median. */
  gflops: number;
  /** PyTorch's median over this row's: above 1, this row is faster. Null where PyTorch has none. */
  ratioToPyTorch: number | null;
  ratioToTfjsWasm: number | null;
}

/** Where and on what it was measured. */
export interface MachineEvent {
  type: 'machine';
  date: string;
  cpu: string;
  cores: number;
  node: string;
  v8: string;
  versions: { tfjs: string | null; pytorch: string | null; blas: string | null; jax: string | null };
}

/** The best that our products reached on one thread in this run. */
export interface CeilingEvent {
  type: 'ceiling';
  gflops: number;
  name: string;
  workers: 1;
}

/** The end. */
export interface SummaryEvent {
  type: 'summary';
  /** GFLOP/s of our training steps on one thread over the ceiling, by row; the zeros they skip are not counted as done. */
  shareOfCeiling: Record<string, number>;
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
