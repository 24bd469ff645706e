import { createRandom, LatentkitError, Stream } from '../../packages/core/dist/index.js';

const SLOW_MS = 2000;
const MOST_TOLD = 20;

/**
 * Hands damaged files to every reader: what comes must be a right read or an error with a code, within 2 s. Says how it went, and sets the exit code.
 *
 * @param {Record<string, { files: readonly Uint8Array[], parse: (bytes: Uint8Array) => unknown, damage?: (bytes: Uint8Array, random: import('@latentkit/core').Random) => Uint8Array }>} readers
 *   by name; `damage` where bytes changed anywhere would come to nothing but one kind of error.
 * @param {readonly string[]} args of the command line: rounds of each (10,000), seed (1), one reader's name.
 */
export async function fuzzReaders(readers, [rounds = '10000', seed = '1', only]) {
  const faults = [];
  process.on('unhandledRejection', (error) => faults.push(`unhandled: ${String(error)}`));
  for (const [index, [name, { files, parse, damage = changeBytes }]] of Object.entries(readers).entries()) {
    if (only !== undefined && only !== name) continue;
    const random = createRandom({ seed: Number(seed), stream: Stream.sample, step: index });
    const started = performance.now();
    let [right, refused, slowest] = [0, 0, 0];
    for (let round = 0; round < Number(rounds); round++) {
      const bytes = damage(files[random.integer(files.length)], random);
      const before = performance.now();
      try {
        await parse(bytes);
        right++;
      } catch (error) {
        if (error instanceof LatentkitError) refused++;
        else faults.push(`${name}, round ${round}: ${error instanceof Error ? error.stack : String(error)}`);
      }
      const took = performance.now() - before;
      slowest = Math.max(slowest, took);
      if (took > SLOW_MS) faults.push(`${name}, round ${round}: ${took.toFixed(0)} ms`);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const megabytes = (process.memoryUsage().rss / 1e6).toFixed(0);
    console.log(
      `${name}: ${right} read, ${refused} refused, ${slowest.toFixed(0)} ms at most; ${seconds} s, ${megabytes} MB`,
    );
  }
  for (const fault of faults.slice(0, MOST_TOLD)) console.error(fault);
  console.log(faults.length === 0 ? 'no faults' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Bytes changed, cut off or repeated. */
export function changeBytes(bytes, random) {
  const kind = random.integer(10);
  if (kind === 0) return bytes.slice(0, random.integer(bytes.length));
  if (kind === 1) {
    const [start, length] = [random.integer(bytes.length), random.integer(64)];
    return Uint8Array.from([
      ...bytes.subarray(0, start),
      ...bytes.subarray(start, start + length),
      ...bytes.subarray(start),
    ]);
  }
  const out = bytes.slice();
  for (let n = random.integer(5); n >= 0; n--) {
    const at = random.integer(out.length);
    out[at] = [random.integer(256), 0, 255, out[at] ^ (1 << random.integer(8))][random.integer(4)];
  }
  return out;
}

const ODD = [null, true, '', 'x', -1, 0, 1.5, 2, 1e9, 2 ** 53, [], {}, [null], [-1, 3], ['a', 0, 0, {}]];

/** A text of JSON with some of its values replaced, left out or put elsewhere. */
export function changeJson(bytes, random) {
  if (random.integer(10) === 0) return changeBytes(bytes, random);
  const root = JSON.parse(new TextDecoder().decode(bytes));
  for (let n = random.integer(3); n >= 0; n--) {
    const places = [];
    const visit = (value) => {
      if (typeof value !== 'object' || value === null) return;
      for (const key of Object.keys(value)) {
        places.push([value, key]);
        visit(value[key]);
      }
    };
    visit(root);
    const pick = () => places[random.integer(places.length)];
    if (places.length === 0) break;
    const [holder, key] = pick();
    const kind = random.integer(4);
    if (kind === 0) delete holder[key];
    else if (kind === 1) {
      const [other, name] = pick();
      holder[key] = structuredClone(other[name]);
    } else holder[key] = structuredClone(ODD[random.integer(ODD.length)]);
  }
  return new TextEncoder().encode(JSON.stringify(root));
}
