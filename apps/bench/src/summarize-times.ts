import type { BenchResult } from './bench-event.ts';
import type { BenchRow } from './bench-rows.ts';
import { BEST_OF, type EngineName } from './engine-catalog.ts';
import { percentiles } from './statistics.ts';

/** What a process needed for a row. */
export interface Times {
  engine: EngineName;
  workers: number;
  ms: readonly number[];
}

/** The results of all engines for a row; of PyTorch's processes the better one. */
export function summarizeTimes({ name, flop }: BenchRow, times: readonly Times[]): BenchResult[] {
  const measured = times.map(({ ms, ...whose }) => ({ ...whose, ...percentiles(ms) }));
  const isBest = ({ engine, median }: (typeof measured)[number]) =>
    measured.every((other) => other.engine !== engine || median <= other.median);
  const kept = measured.filter((one) => !BEST_OF.has(one.engine) || isBest(one));
  const medianOf = (engine: EngineName) => kept.find((one) => one.engine === engine)?.median;
  const [pytorch, tfjsWasm] = [medianOf('pytorch'), medianOf('tfjs-wasm')];
  return kept.map(({ engine, workers, median, p10, p90 }) => ({
    ...{ name, engine, workers, msMedian: median, msP10: p10, msP90: p90 },
    gflops: flop / median / 1e6,
    ratioToPyTorch: pytorch === undefined ? null : pytorch / median,
    ratioToTfjsWasm: tfjsWasm === undefined ? null : tfjsWasm / median,
  }));
}
