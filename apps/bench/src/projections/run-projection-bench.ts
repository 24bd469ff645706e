import { readFile } from 'node:fs/promises';
import { availableWorkers, LatentkitError } from '@latentkit/core';
import type { Points } from '@latentkit/projections';
import { describeMachine } from '../describe-machine.ts';
import { type EngineProcess, startEngine } from '../engine-process.ts';
import { median } from '../statistics.ts';
import { judgeMap, type MapQuality } from './judge-map.ts';
import type { ProjectionEngine, projectionEngines } from './projection-engines.ts';
import { embeddingFile, type ProjectionWorkload } from './projection-workload.ts';

/** A row of the result. */
export interface ProjectionResult extends MapQuality {
  name: string;
  engine: ProjectionEngine;
  points: number;
  workers: number;
  /** Maps that were made, each of a seed of its own. */
  seeds: number;
  /** From vectors to embedding. */
  msMedian: number;
  /** The median of the fastest peer over this row's: above 1, this row is faster. Null where there is none. */
  ratioToBest: number | null;
  /** That peer. */
  bestPeer: ProjectionEngine | null;
  /** The median of each engine that has the row over this row's. */
  ratios: Partial<Record<ProjectionEngine, number>>;
  /** The most memory that the engine's process had, for this row and those before. */
  peakBytes: number | null;
}

/** Where and on what it was measured. */
type MachineEvent = Omit<ReturnType<typeof describeMachine>, 'versions'> & {
  versions: Record<string, string>;
};

export type ProjectionBenchEvent =
  | MachineEvent
  | { type: 'progress'; name: string; engine: string; round: number; rounds: number }
  | { type: 'note'; text: string }
  | { type: 'row'; row: ProjectionResult };

export interface ProjectionBenchOptions {
  workload: ProjectionWorkload;
  engines: ReturnType<typeof projectionEngines>;
  /** What is known before. */
  notes?: readonly string[];
  /** Maps of each engine. */
  seeds: number;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const TIMEOUT_MS = 20 * 60_000;
// For whom tsne-js could not be waited: it is told from fewer points.
const SCALED = 2000;

/**
 * Lets engines make maps in turns, and judges the maps by the same rules.
 *
 * An engine that cannot start or cannot do a row becomes a note; its processes are gone at the end.
 */
export async function* runProjectionBench({
  workload,
  engines,
  notes = [],
  seeds,
  signal,
  timeoutMs = TIMEOUT_MS,
}: ProjectionBenchOptions): AsyncGenerator<ProjectionBenchEvent, void, undefined> {
  const runners: { engine: ProjectionEngine; process: EngineProcess }[] = [];
  try {
    for (const text of notes) yield { type: 'note', text };
    for (const { engine, command } of engines) {
      try {
        runners.push({ engine, process: await startEngine(command, { signal, timeoutMs }) });
      } catch (error) {
        signal?.throwIfAborted();
        yield { type: 'note', text: `${engine} is left out: ${messageOf(error)}` };
      }
    }
    if (runners.length === 0) throw new LatentkitError('E_BACKEND', 'bench: no engine could be started');
    const versions = Object.assign({}, ...runners.map(({ process }) => process.ready.versions));
    yield { ...describeMachine(versions), versions };
    for (const row of workload.rows) yield* measureRow(row, runners, { workload, seeds, signal });
  } finally {
    await Promise.all(runners.map(({ process }) => process.close()));
  }
}

async function* measureRow(
  row: ProjectionWorkload['rows'][number],
  runners: readonly { engine: ProjectionEngine; process: EngineProcess }[],
  { workload, seeds, signal }: Pick<ProjectionBenchOptions, 'workload' | 'seeds' | 'signal'>,
): AsyncGenerator<ProjectionBenchEvent, void, undefined> {
  let players = runners
    .filter(({ process }) => process.alive && process.ready.rows.includes(row.name))
    .map((runner) => ({
      ...runner,
      ...{ ms: [] as number[], qualities: [] as MapQuality[], peakBytes: null as number | null },
    }));
  const points = await readPoints(row.file, row.points);
  for (let seed = 0; seed < seeds; seed++) {
    for (const player of players) {
      const { engine, process } = player;
      yield { type: 'progress', name: row.name, engine, round: seed + 1, rounds: seeds };
      try {
        const { ms, peakBytes = null } = await process.measure({ row: row.name, repeats: 1 });
        player.ms.push(...ms);
        player.peakBytes = peakBytes;
        const map = await readPoints(embeddingFile(workload.folder, engine, row.name, seed), row.points);
        player.qualities.push(await judgeMap(row, points, map));
      } catch (error) {
        signal?.throwIfAborted();
        players = players.filter((other) => other !== player);
        yield { type: 'note', text: `${engine} at ${row.name}: ${messageOf(error)}` };
      }
    }
  }
  const medians = players.map(({ engine, ms }) => ({ engine, ms: median(ms) }));
  const best = medians.filter(({ engine }) => engine !== 'latentkit').toSorted((a, b) => a.ms - b.ms)[0];
  for (const { engine, ms, qualities, peakBytes } of players) {
    const own = median(ms);
    const klDivergences = qualities.flatMap(({ klDivergence }) => klDivergence ?? []);
    yield {
      type: 'row',
      row: {
        ...{
          name: row.name,
          engine,
          points: row.points,
          workers: row.isShared ? availableWorkers() : 1,
          seeds,
          msMedian: own,
        },
        trustworthiness: median(qualities.map(({ trustworthiness }) => trustworthiness)),
        klDivergence: klDivergences.length > 0 ? median(klDivergences) : null,
        ...{ ratioToBest: best ? best.ms / own : null, bestPeer: best?.engine ?? null },
        ratios: Object.fromEntries(medians.map((other) => [other.engine, other.ms / own])),
        peakBytes,
      },
    };
    if (engine === 'tsne-js') {
      const scaled = ((own / 1000) * (SCALED / row.points) ** 2).toFixed(0);
      yield {
        type: 'note',
        text: `tsne-js goes over all pairs: ${SCALED} points would take about ${scaled} s`,
      };
    }
  }
}

/** Raw float32, a row a point. */
async function readPoints(file: string, count: number): Promise<Points> {
  const bytes = await readFile(file);
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return { data, count, dimensions: data.length / count };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
