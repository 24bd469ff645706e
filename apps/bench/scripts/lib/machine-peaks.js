// What this machine gives as this engine compiles it: products and sums that stay in registers, and bytes read from far. By this, and not by a
// data sheet, is judged what kernels come to. Also a worker's program: each measures while the others do.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

// Short, so that some are not interrupted.
const ROUND_MS = 1;
const ROUNDS = 150;
/** Sums under way: too few wait for each other, too many leave the registers. The best is the machine's. */
const SUMS = [8, 16, 24];
const FAR_BYTES = 32 * 2 ** 20;
const LINE = 128;

const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);
const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
const get = (local) => [0x20, ...leb(local)];
const set = (local) => [0x21, ...leb(local)];
const load = (offset) => [0xfd, 0x00, 0x00, ...leb(offset)];
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const MULTIPLY_ADD = [0xfd, 0x85, 0x02];
const OR = [0xfd, 0x50];
const each = (count, bytesOf) => Array.from({ length: count }, (_, i) => bytesOf(i)).flat();
/** `while (local -= by) body`, the body first. */
const repeat = (local, by, body) => [
  ...[0x03, 0x40, ...body, ...get(local), 0x41, ...leb(by), 0x6b, 0x22, ...leb(local), 0x0d, 0x00, 0x0b],
];

/** `run(count, at)`: `count` times `sum = sum x + y` on so many sums of four numbers, from memory and back to it, as V8 needs it to join pairs. */
function sumsOf(sums, isFused) {
  const [x, y, first] = [2, 3, 4];
  const step = (i) => [
    ...get(first + i),
    ...get(x),
    ...(isFused ? [...get(y), ...MULTIPLY_ADD] : [...MULTIPLY, ...get(y), ...ADD]),
  ];
  return moduleOf(2 + sums, [
    ...[...get(1), 0xfd, 0x09, 0x00, 0x00, ...set(x), ...get(1), 0xfd, 0x09, 0x00, 0x04, ...set(y)],
    ...each(sums, (i) => [...get(1), ...load(64 + 16 * i), ...set(first + i)]),
    ...repeat(
      0,
      1,
      each(sums, (i) => [...step(i), ...set(first + i)]),
    ),
    ...each(sums, (i) => [...get(1), ...get(first + i), 0xfd, 0x0b, 0x00, ...leb(64 + 16 * i)]),
  ]);
}

/** `run(count, at)`: reads `count` bytes from `at` on, and leaves at `at` what all of them have. */
function reads() {
  const [end, first] = [2, 3];
  const parts = LINE / 16;
  const one = (i) => [...get(first + (i % 4)), ...get(end), ...load(16 * i), ...OR, ...set(first + (i % 4))];
  return moduleOf(
    4,
    [
      ...[...get(1), ...set(end)],
      ...repeat(0, LINE, [...each(parts, one), ...get(end), 0x41, ...leb(LINE), 0x6a, ...set(end)].flat()),
      ...[...get(1), ...each(4, (i) => [...get(first + i), ...(i > 0 ? OR : [])]), 0xfd, 0x0b, 0x00, 0x00],
    ],
    [0x01, 0x01, 0x7f],
  );
}

/** A module with a page of memory and more, and this as its one function. */
function moduleOf(vectors, code, ints = []) {
  const locals =
    ints.length > 0 ? [0x02, ...ints.slice(1), ...leb(vectors), 0x7b] : [0x01, ...leb(vectors), 0x7b];
  const body = [...locals, ...code, 0x0b];
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, [0x01, 0x60, 0x02, 0x7f, 0x7f, 0x00]),
      ...section(3, [0x01, 0x00]),
      ...section(5, [0x01, 0x00, ...leb(FAR_BYTES / 2 ** 16 + 1)]),
      ...section(7, [0x02, 0x01, 0x66, 0x00, 0x00, 0x01, 0x6d, 0x02, 0x00]),
      ...section(10, [0x01, ...leb(body.length), ...body]),
    ]),
  );
}

const KINDS = {
  /** GFLOP/s of products and sums, each rounded. */
  strict: { modules: () => SUMS.map((sums) => [sumsOf(sums, false), 8 * sums]), count: 20_000 },
  /** GFLOP/s of products with their sums. */
  fused: { modules: () => SUMS.map((sums) => [sumsOf(sums, true), 8 * sums]), count: 20_000 },
  /** GB/s from where no nearer cache has it. */
  far: { modules: () => [[reads(), 1]], count: FAR_BYTES },
};

/** 10^9 a second of a kind: the best of some rounds, or their median. */
export async function peakOf(kind, isMedian = false) {
  const { modules, count } = KINDS[kind];
  const found = [];
  for (const [module, each] of modules()) {
    const { f, m } = new WebAssembly.Instance(module).exports;
    new Float32Array(m.buffer).fill(1); // a page that nobody wrote to is no memory yet
    new Float32Array(m.buffer, 0, 1).fill(0.5);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      let done = 0;
      do {
        f(count, 0);
        done += count * each;
      } while (performance.now() - start < ROUND_MS);
      rounds.push(done / (performance.now() - start) / 1e6);
      await new Promise((resolve) => setTimeout(resolve)); // lets V8 put its optimized code in place
    }
    rounds.sort((a, b) => a - b);
    found.push(rounds.at(isMedian ? ROUNDS / 2 : -1));
  }
  return Math.max(...found);
}

/** What each of so many threads comes to while the others do the same: medians, as the best rounds are those in which another rests. */
export async function peaksTogether(kind, threads) {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL(import.meta.url), { workerData: { kind } }),
  );
  const heard = (worker) =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await Promise.all(workers.map(heard));
  const results = workers.map(heard);
  for (const worker of workers) worker.postMessage('begin');
  const peaks = await Promise.all(results);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return peaks;
}

if (!isMainThread && workerData?.kind) {
  parentPort.once('message', async () => parentPort.postMessage(await peakOf(workerData.kind, true)));
  parentPort.postMessage('ready');
}
