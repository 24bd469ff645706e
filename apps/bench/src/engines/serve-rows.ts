import { createInterface } from 'node:readline';
import { FIRST_STEPS, type MeasureAnswer, type MeasureRequest, type ReadyMessage } from '../protocol.ts';

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

export interface ServeOptions {
  rows: RowStarts;
  workers: number;
  versions: Record<string, string>;
  missing?: Record<string, string>;
}

/** An engine's side of the protocol: answers requests on stdin until it closes. One row is in memory at a time. */
export async function serveRows({ rows, ...about }: ServeOptions): Promise<void> {
  send({ ready: true, rows: Object.keys(rows), ...about });
  let current: { name: string; row: RunningRow } | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const { row: name, repeats } = JSON.parse(line) as MeasureRequest;
    try {
      if (current?.name !== name) {
        await current?.row.close?.();
        current = undefined;
        const start = rows[name];
        if (!start) throw new Error(`there is no row ${name}`);
        current = { name, row: await start() };
      }
      const ms: number[] = [];
      for (let i = 0; i < repeats; i++) ms.push(await current.row.time());
      const loss = meanOfFirst(current.row.losses);
      send({ ms, ...(loss !== undefined && { loss }), peakBytes: process.resourceUsage().maxRSS * 1024 });
    } catch (error) {
      send({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  await current?.row.close?.();
}

function meanOfFirst(losses: readonly number[] = []): number | undefined {
  if (losses.length < FIRST_STEPS) return undefined;
  return losses.slice(0, FIRST_STEPS).reduce((sum, loss) => sum + loss, 0) / FIRST_STEPS;
}

function send(message: ReadyMessage | MeasureAnswer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
