import type { BenchResult, ScalingPoint } from './bench-event.ts';
import type { BenchRow } from './bench-rows.ts';
import type { EngineName } from './engine-catalog.ts';
import { percentiles } from './statistics.ts';

/** What a process needed for a row. */
export interface Times {
  engine: EngineName;
  how?: string | null;
  workers: number;
  ms: readonly number[];
  /** Over its first steps, of a row that trains. */
  loss?: number;
}

/** The results of all engines for a row; of a peer's processes with as many threads the fastest, of ours each: they come to other bits. */
export function summarizeTimes({ name, flop }: BenchRow, times: readonly Times[]): BenchResult[] {
  const measured = times.map(({ ms, ...whose }) => ({ ...whose, ...percentiles(ms) }));
  type One = (typeof measured)[number];
  const isBest = ({ engine, workers, median }: One) =>
    engine === 'latentkit' ||
    measured.every((other) => other.engine !== engine || other.workers !== workers || median <= other.median);
  const kept = measured.filter(isBest);
  return kept.map(({ engine, how = null, workers, median, p10, p90, loss = null }) => {
    const fastest = (isPeer: (name: EngineName) => boolean): One | undefined =>
      kept
        .filter((one) => isPeer(one.engine) && one.workers <= workers)
        .toSorted((a, b) => a.median - b.median)[0];
    const ratioTo = (peer: One | undefined) => (peer ? peer.median / median : null);
    const best = fastest((other) => other !== 'latentkit');
    return {
      ...{ name, engine, how, workers, msMedian: median, msP10: p10, msP90: p90 },
      ...{ gflops: flop / median / 1e6, loss },
      ...{ ratioToBest: ratioTo(best), bestPeer: best?.engine ?? null },
      ratioToPyTorch: ratioTo(fastest((other) => other === 'pytorch')),
      ratioToTfjsWasm: ratioTo(fastest((other) => other === 'tfjs-wasm')),
    };
  });
}

/** What our numbers are, where one stands for all: fused arithmetic is an option. */
export function isOurs({ engine, how }: BenchResult): boolean {
  return engine === 'latentkit' && how !== 'fused';
}

/** How our rows go with the number of workers, of those that ran with several. */
export function summarizeScaling(results: readonly BenchResult[]): ScalingPoint[] {
  const ours = results.filter(isOurs);
  return Object.values(Object.groupBy(ours, ({ name }) => name)).flatMap((rows = []) => {
    const [first, ...more] = rows.toSorted((a, b) => a.workers - b.workers);
    if (!first || more.length === 0) return [];
    return [first, ...more].map(({ name, workers, msMedian }) => {
      const speedUp = first.msMedian / msMedian;
      return { name, workers, msMedian, speedUp, efficiency: (speedUp * first.workers) / workers };
    });
  });
}
