import { expect, test } from 'vitest';
import type { BenchEvent } from './bench-event.ts';
import { runBench } from './run-bench.ts';
import { type FakeEngine, fakeEngine } from './testing/fake-engine.ts';

const ROWS = [
  { name: 'a', flop: 4e6 },
  { name: 'b', flop: 8e6 },
];

const EMPTY = { type: 'summary', scaling: [], memory: [], notes: [] };

async function run(engines: FakeEngine[], rows = ROWS): Promise<BenchEvent[]> {
  const options = { rows, engines: engines.map(fakeEngine), rounds: 2, turnMs: 4, timeoutMs: 20_000 };
  const events: BenchEvent[] = [];
  for await (const event of runBench(options)) events.push(event);
  return events;
}

const rowsOf = (events: BenchEvent[]) => events.flatMap((event) => (event.type === 'row' ? [event.row] : []));
const notesOf = (events: BenchEvent[]) =>
  events.flatMap((event) => (event.type === 'note' ? [event.text] : []));

test('engines take turns at a row, after a warm-up each', async () => {
  const events = await run([{}, { engine: 'pytorch' }], ROWS.slice(0, 1));
  const turns = events.flatMap((event) =>
    event.type === 'progress' ? [`${event.round} ${event.engine}`] : [],
  );
  expect(turns).toEqual(['0 latentkit', '0 pytorch', '1 latentkit', '1 pytorch', '2 latentkit', '2 pytorch']);
});

test('the machine comes first with the versions that the engines told, then rows, then the summary', async () => {
  const torch = { versions: { pytorch: '2.9', blas: 'openblas' } };
  const events = await run([
    { greeting: { versions: { tfjs: '4.22.0' } } },
    { engine: 'pytorch', greeting: torch },
  ]);
  expect(events[0]).toMatchObject({
    type: 'machine',
    versions: { tfjs: '4.22.0', pytorch: '2.9', blas: 'openblas', jax: null, jaxJs: null },
  });
  expect(rowsOf(events).map(({ name, engine }) => `${name} ${engine}`)).toEqual([
    ...['a latentkit', 'a pytorch', 'b latentkit', 'b pytorch'],
  ]);
  expect(rowsOf(events)[0]).toEqual({
    ...{ name: 'a', engine: 'latentkit', how: null, workers: 1, msMedian: 2, msP10: 2, msP90: 2, gflops: 2 },
    ...{ loss: null, ratioToBest: 1, bestPeer: 'pytorch', ratioToPyTorch: 1, ratioToTfjsWasm: null },
  });
  expect(events.at(-1)).toEqual({ ...EMPTY, shareOfCeiling: {} });
});

test('the first time of a turn, with the caches full of others, is not counted', async () => {
  const answer = 'send({ ms: [1000, ...Array(repeats - 1).fill(2)] })';
  expect(rowsOf(await run([{ answer }]))[0]).toMatchObject({ msMedian: 2, msP90: 2 });
});

test('an engine that dies is a note, and the others go on', async () => {
  const dying = 'if (row === "a") send({ ms: [1, 1] }); process.exit(3)';
  const events = await run([{}, { engine: 'jax-js', answer: dying }]);
  expect(rowsOf(events).map(({ name, engine }) => `${name} ${engine}`)).toEqual([
    'a latentkit',
    'b latentkit',
  ]);
  expect(notesOf(events)).toEqual(['jax-js at a: it ended with exit code 3; it is left out from here on']);
  expect(events.at(-1)).toMatchObject({ type: 'summary', notes: notesOf(events) });
});

test('an engine that cannot start is a note, once for all its processes', async () => {
  const broken = { engine: 'pytorch', greeting: '{ "error": "no torch" }' } as const;
  const events = await run([
    {},
    { ...broken, title: 'pytorch (1 thread)' },
    { ...broken, title: 'pytorch (2 threads)' },
  ]);
  expect(notesOf(events)).toEqual(['pytorch is left out: no torch']);
  expect(rowsOf(events)).toHaveLength(2);
});

test('rows that an engine leaves out are told with the reason, where they are wanted', async () => {
  const greeting = { rows: ['a'], missing: { b: 'it is too slow', c: 'it is too slow' } };
  const events = await run([{}, { engine: 'tfjs-cpu', greeting }]);
  expect(notesOf(events)).toEqual(['tfjs-cpu has no b: it is too slow']);
});

test('PyTorch on the reference BLAS is told to be handicapped, with the remedy', async () => {
  const greeting = { versions: { pytorch: '1.13', blas: 'reference (/usr/lib/blas/libblas.so.3)' } };
  const [note] = notesOf(await run([{ engine: 'pytorch', greeting }]));
  expect(note).toMatch(/^PyTorch is handicapped: .*libblas\.so\.3.*apt-get install libopenblas0$/);
});

test('the ceiling is our best product on one thread, and training steps are held against it without what they skip', async () => {
  const greeting = { rows: ['train-step/x', 'gemm/1', 'gemm/2'] };
  const rows = [
    { name: 'train-step/x', flop: 3e6, skippedFlop: 1.5e6 },
    { name: 'gemm/1', flop: 12e6 },
    { name: 'gemm/2', flop: 6e6 },
  ];
  const two = { ...greeting, workers: 2 };
  const events = await run(
    [{ greeting }, { greeting: two, answer: 'send({ ms: Array(repeats).fill(1) })' }],
    rows,
  );
  expect(events.at(-2)).toEqual({ type: 'ceiling', gflops: 6, name: 'gemm/1', workers: 1 });
  expect(events.at(-1)).toMatchObject({ shareOfCeiling: { 'train-step/x': 0.125 } });
});

test('losses other than ours are a note and stand in the rows; memory and scaling stand in the summary', async () => {
  const ours = (workers: number, ms: number): FakeEngine => ({
    greeting: { workers },
    answer: `send({ ms: Array(repeats).fill(${ms}), loss: 500, peakBytes: 1e8 * repeats })`,
  });
  const theirs = { greeting: { how: 'xla' }, answer: 'send({ ms: Array(repeats).fill(4), loss: 300 })' };
  const events = await run([ours(1, 4), ours(2, 2), { engine: 'keras', ...theirs }], ROWS.slice(0, 1));
  expect(notesOf(events)).toEqual([
    expect.stringContaining('keras at a: its loss over the first 10 steps is 300.0'),
  ]);
  expect(rowsOf(events).map(({ engine, how, loss }) => [engine, how, loss])).toEqual([
    ['latentkit', null, 500],
    ['latentkit', null, 500],
    ['keras', 'xla', 300],
  ]);
  expect(events.at(-1)).toMatchObject({
    scaling: [{ workers: 1 }, { name: 'a', workers: 2, speedUp: 2, efficiency: 1 }],
    memory: [
      { engine: 'latentkit', how: null, workers: 1, peakBytes: 2e8 },
      { engine: 'latentkit', how: null, workers: 2, peakBytes: 3e8 },
    ],
  });
});

test('what is known before is told with the notes', async () => {
  const options = { rows: ROWS, engines: [fakeEngine()], notes: ['jax is left out'], rounds: 1, turnMs: 4 };
  const events: BenchEvent[] = [];
  for await (const event of runBench(options)) events.push(event);
  expect(notesOf(events)).toEqual(['jax is left out']);
  expect(events.at(-1)).toMatchObject({ notes: ['jax is left out'] });
});

test('without any engine there is no result', async () => {
  await expect(run([{ greeting: '{ "error": "broken" }' }])).rejects.toThrow('no engine could be started');
});

test('a stop ends the run with its reason', async () => {
  const controller = new AbortController();
  const engines = [fakeEngine({ answer: '' })];
  const options = { rows: ROWS, engines, rounds: 2, turnMs: 4, signal: controller.signal };
  const stopping = async () => {
    for await (const { type } of runBench(options))
      if (type === 'progress') setTimeout(() => controller.abort(), 0);
  };
  const error = await stopping().catch((reason: unknown) => reason);
  expect(error).toBe(controller.signal.reason);
  expect(controller.signal.aborted).toBe(true);
});
