import type { EngineSpec } from '../engine-catalog.ts';

export interface FakeEngine extends Partial<Pick<EngineSpec, 'engine' | 'title'>> {
  /** What it prints first, as JavaScript's value; a string is printed as it is. */
  greeting?: unknown;
  /** JavaScript that answers a request: `row`, `repeats` and `send` are there. */
  answer?: string;
}

const GREETING = { ready: true, rows: ['a', 'b'], workers: 1, versions: {} };

/** A process that speaks the protocol of engines, or breaks it. */
export function fakeEngine({
  engine = 'latentkit',
  title = engine,
  greeting = GREETING,
  answer = 'send({ ms: Array(repeats).fill(2) })',
}: FakeEngine = {}): EngineSpec {
  const first =
    typeof greeting === 'string' ? greeting : JSON.stringify({ ...GREETING, ...(greeting as object) });
  const script = `
    const send = (message) => console.log(JSON.stringify(message));
    console.log(${JSON.stringify(first)});
    require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
      const { row, repeats } = JSON.parse(line);
      ${answer}
    });`;
  return { engine, title, command: process.execPath, args: ['-e', script] };
}
