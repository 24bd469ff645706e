import { createInterface } from 'node:readline';
import type { MeasureAnswer, MeasureRequest, ReadyMessage } from '../protocol.ts';
import { answerRows, type EngineRows } from './answer-rows.ts';

/** An engine's side of the protocol: answers requests on stdin until it closes. */
export async function serveRows(engine: EngineRows): Promise<void> {
  const { greeting, measure, close } = answerRows(engine);
  send(greeting);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const measured = await measure(JSON.parse(line) as MeasureRequest);
      send({ ...measured, peakBytes: process.resourceUsage().maxRSS * 1024 });
    } catch (error) {
      send({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  await close();
}

function send(message: ReadyMessage | MeasureAnswer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
