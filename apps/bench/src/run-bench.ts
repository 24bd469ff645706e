import { LatentkitError } from '@latentkit/core';
import type { BenchEvent, BenchResult, CeilingEvent, MemoryUse } from './bench-event.ts';
import type { BenchRow } from './bench-rows.ts';
import { compareLosses } from './compare-losses.ts';
import { describeMachine } from './describe-machine.ts';
import type { EngineSpec } from './engine-catalog.ts';
import { type EngineProcess, startEngine } from './engine-process.ts';
import { isOurs, summarizeScaling, summarizeTimes } from './summarize-times.ts';

export interface BenchOptions {
  rows: readonly BenchRow[];
  engines: readonly EngineSpec[];
  /** What is known before: told with the other notes. */
  notes?: readonly string[];
  /** Turns that each engine has at each row. */
  rounds: number;
  /** About how long a turn lasts; a slow engine's lasts as long as it must. */
  turnMs: number;
  signal?: AbortSignal;
  /** How long an engine may stay silent. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 300_000; // a peer compiles for a minute, on a busy machine for more
const MOST_REPEATS = 100;

interface Runner extends EngineSpec {
  process: EngineProcess;
  /** The most memory that its process had until now. */
  peakBytes: number;
}

/**
 * Measures rows on engines that take turns, so that what slows the machine for a while slows all of them.
 *
 * An engine that cannot start, or dies, or cannot do a row becomes a note; its processes are gone at the end.
 *
 * @throws `E_BACKEND` when there is no engine left; the signal's reason when it is aborted.
 */
export async function* runBench(options: BenchOptions): AsyncGenerator<BenchEvent, void, undefined> {
  const { rows } = options;
  const notes: string[] = [];
  const note = (text: string): BenchEvent => {
    notes.push(text);
    return { type: 'note', text };
  };
  const { runners, failures } = await startAll(options);
  try {
    const versions = Object.assign({}, ...runners.map(({ process }) => process.ready.versions));
    yield describeMachine(versions);
    const before = options.notes ?? [];
    for (const text of [...before, ...failures, ...notesOn(runners, rows)]) yield note(text);
    if (runners.length === 0) throw new LatentkitError('E_BACKEND', 'bench: no engine could be started');
    const results: BenchResult[] = [];
    for (const row of rows) {
      for await (const event of measureRow(row, runners, options)) {
        if (event.type === 'note') notes.push(event.text);
        if (event.type === 'row') results.push(event.row);
        yield event;
      }
    }
    const ceiling = findCeiling(results);
    if (ceiling) yield ceiling;
    yield {
      type: 'summary',
      shareOfCeiling: sharesOf(ceiling, results, rows),
      scaling: summarizeScaling(results),
      memory: memoryOf(runners),
      notes,
    };
  } finally {
    await Promise.all(runners.map(({ process }) => process.close()));
  }
}

async function startAll({ engines, signal, timeoutMs = TIMEOUT_MS }: BenchOptions) {
  const started = await Promise.allSettled(engines.map((spec) => startEngine(spec, { signal, timeoutMs })));
  const runners = started.flatMap((result, i): Runner[] =>
    result.status === 'fulfilled' ? [{ ...engines[i]!, process: result.value, peakBytes: 0 }] : [],
  );
  if (signal?.aborted) {
    await Promise.all(runners.map(({ process }) => process.close()));
    signal.throwIfAborted();
  }
  const failures = started.flatMap((result, i) => {
    if (result.status === 'fulfilled') return [];
    const { engine, title } = engines[i]!;
    const isPartly = runners.some((runner) => runner.engine === engine);
    return [`${isPartly ? title : engine} is left out: ${messageOf(result.reason)}`];
  });
  return { runners, failures: [...new Set(failures)] }; // PyTorch's processes fail for one reason
}

/** What a reader must know of the engines that are there. */
function notesOn(runners: readonly Runner[], rows: readonly BenchRow[]): string[] {
  const reference = runners.find(({ process }) => process.ready.versions.blas?.startsWith('reference'));
  const handicap = `PyTorch is handicapped: its matrix products are the slow ${reference?.process.ready.versions.blas}. For a fair comparison: apt-get install libopenblas0`;
  const missing = runners.flatMap(({ title, process }) => {
    const reasons = Object.entries(process.ready.missing ?? {}).filter(([missed]) =>
      rows.some(({ name }) => name === missed),
    );
    return Object.entries(Object.groupBy(reasons, ([, why]) => why)).map(
      ([why, missed]) => `${title} has no ${missed!.map(([name]) => name).join(', ')}: ${why}`,
    );
  });
  return [...(reference ? [handicap] : []), ...missing];
}

/** One row by all engines that have it: warm-up, then turns. */
async function* measureRow(
  row: BenchRow,
  runners: readonly Runner[],
  { rounds, turnMs, signal }: BenchOptions,
): AsyncGenerator<Extract<BenchEvent, { type: 'progress' | 'note' | 'row' }>, void, undefined> {
  let players = runners
    .filter(({ process }) => process.alive && process.ready.rows.includes(row.name))
    .map((runner) => ({ runner, repeats: 0, ms: [] as number[], loss: undefined as number | undefined }));
  for (let round = 0; round <= rounds; round++) {
    for (const player of players) {
      const { title, process } = player.runner;
      yield { type: 'progress', name: row.name, engine: title, round, rounds };
      const measure = async (repeats: number) => {
        const { ms, loss, peakBytes } = await process.measure({ row: row.name, repeats });
        player.loss ??= loss;
        player.runner.peakBytes = Math.max(player.runner.peakBytes, peakBytes ?? 0);
        return ms;
      };
      try {
        if (round === 0) {
          player.repeats = await warmUp(measure, turnMs);
        } else {
          // The first of a turn finds its caches full of the others' numbers.
          const [, ...ms] = await measure(player.repeats + 1);
          player.ms.push(...ms);
        }
      } catch (error) {
        signal?.throwIfAborted();
        players = players.filter((other) => other !== player);
        const rest = process.alive ? '' : '; it is left out from here on';
        yield { type: 'note', text: `${title} at ${row.name}: ${messageOf(error)}${rest}` };
      }
    }
  }
  const times = players.map(({ runner: { engine, title, process }, ms, loss }) => ({
    ...{ engine, title, how: process.ready.how ?? null, workers: process.ready.workers, ms, loss },
  }));
  const ours = times.find(({ engine }) => engine === 'latentkit')?.loss;
  for (const text of compareLosses(row.name, ours, times)) yield { type: 'note', text };
  for (const result of summarizeTimes(row, times)) yield { type: 'row', row: result };
}

/** Lets an engine compile and fill its caches for about a turn. @returns how often it does a row in a turn. */
async function warmUp(
  measure: (repeats: number) => Promise<readonly number[]>,
  turnMs: number,
): Promise<number> {
  const fitting = (ms: readonly number[]) => {
    const fastest = Math.max(Math.min(...ms), 1e-3);
    return Math.min(Math.max(Math.round(turnMs / fastest), 1), MOST_REPEATS);
  };
  const repeats = fitting(await measure(2));
  return repeats === 1 ? 1 : fitting(await measure(repeats));
}

function memoryOf(runners: readonly Runner[]): MemoryUse[] {
  return runners
    .filter(({ peakBytes }) => peakBytes > 0)
    .map(({ engine, process: { ready }, peakBytes }) => ({
      ...{ engine, how: ready.how ?? null, workers: ready.workers, peakBytes },
    }));
}

function findCeiling(results: readonly BenchResult[]): CeilingEvent | undefined {
  const products = results.filter(({ name }) => name.startsWith('gemm/')).filter(isOursOnOneThread);
  const best = products.toSorted((a, b) => b.gflops - a.gflops)[0];
  return best && { type: 'ceiling', gflops: best.gflops, name: best.name, workers: 1 };
}

/** What is skipped is no work done. */
function sharesOf(
  ceiling: CeilingEvent | undefined,
  results: readonly BenchResult[],
  rows: readonly BenchRow[],
) {
  if (!ceiling) return {};
  const steps = results.filter(({ name }) => name.startsWith('train-step/')).filter(isOursOnOneThread);
  const done = new Map(rows.map(({ name, flop, skippedFlop = 0 }) => [name, 1 - skippedFlop / flop]));
  return Object.fromEntries(
    steps.map(({ name, gflops }) => [name, (done.get(name)! * gflops) / ceiling.gflops]),
  );
}

function isOursOnOneThread(result: BenchResult): boolean {
  return isOurs(result) && result.workers === 1;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
