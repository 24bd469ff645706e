import { FIRST_STEPS, type Measured, type MeasureRequest, type ReadyMessage } from '../protocol.ts';

/** A row under way. */
export interface RunningRow {
  /** Does it once and tells the milliseconds it took. */
  time(): number | Promise<number>;
  /** Of a row that trains: the losses of its steps so far, or of the first of them. */
  readonly losses?: readonly number[];
  /** Frees what it holds. */
  close?(): void | Promise<void>;
}

/** How to begin each row, by name. */
export type RowStarts = Readonly<Record<string, () => RunningRow | Promise<RunningRow>>>;

/** What an engine can do, and what its greeting says beside. */
export interface EngineRows extends Omit<ReadyMessage, 'ready' | 'rows'> {
  rows: RowStarts;
}

/** Answers requests, wherever they come from. One row is in memory at a time. */
export interface Answerer {
  readonly greeting: ReadyMessage;
  /** @throws when there is no such row, or it fails. */
  measure(request: MeasureRequest): Promise<Measured>;
  /** Ends the row that is under way. */
  close(): Promise<void>;
}

/** An engine's answers, without the way that they take to the bench. */
export function answerRows({ rows, ...about }: EngineRows): Answerer {
  let current: { name: string; row: RunningRow } | undefined;
  const close = async () => {
    const { row } = current ?? {};
    current = undefined;
    await row?.close?.();
  };
  return {
    greeting: { ready: true, rows: Object.keys(rows), ...about },
    async measure({ row: name, repeats }) {
      if (current?.name !== name) {
        await close();
        const start = rows[name];
        if (!start) throw new Error(`there is no row ${name}`);
        current = { name, row: await start() };
      }
      const ms: number[] = [];
      for (let i = 0; i < repeats; i++) ms.push(await current!.row.time());
      const loss = meanOfFirst(current!.row.losses);
      return { ms, ...(loss !== undefined && { loss }) };
    },
    close,
  };
}

function meanOfFirst(losses: readonly number[] = []): number | undefined {
  if (losses.length < FIRST_STEPS) return undefined;
  return losses.slice(0, FIRST_STEPS).reduce((sum, loss) => sum + loss, 0) / FIRST_STEPS;
}
