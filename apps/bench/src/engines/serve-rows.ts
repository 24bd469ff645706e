import { createInterface } from 'node:readline';
import type { MeasureAnswer, MeasureRequest, ReadyMessage } from '../protocol.ts';

/** A row under way. */
export interface RunningRow {
  /** Does it once and tells the milliseconds it took. */
  time(): number | Promise<number>;
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
      send({ ms });
    } catch (error) {
      send({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  await current?.row.close?.();
}

function send(message: ReadyMessage | MeasureAnswer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
