import type { GrowingArray } from '../arrays/growing-array.ts';

/** Damaged or cut off deflate; `unpackMembers` says where and in which words. */
export class InflateError extends Error {}

const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const [LENGTH_BASE, LENGTH_EXTRA] = steps(
  3,
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
);
const [DISTANCE_BASE, DISTANCE_EXTRA] = steps(
  1,
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
);
LENGTH_BASE.push(258); // its own code, though 31 more than the code before could say it
LENGTH_EXTRA.push(0);

/** A Huffman code as a table by the next `bits` bits: `symbol << 4 | length`, 0 where no code begins so. */
interface Code {
  readonly bits: number;
  readonly table: Uint16Array;
}

/**
 * Unpacks one deflate stream from `start` on, behind what `out` holds; returns the offset after it.
 *
 * Beside the platform's `DecompressionStream`, which does not say where a stream ends.
 *
 * @throws `InflateError` for damaged or missing bytes; what `out.reserve` throws.
 * @see RFC 1951
 */
export function inflate(
  bytes: Uint8Array,
  start: number,
  out: GrowingArray<Uint8Array<ArrayBuffer>>,
): number {
  const begin = out.length; // distances reach no further back
  let position = start;
  let [held, heldBits] = [0, 0];

  /** Makes `count` bits the low ones of `held`; behind the end there are zeros, which only a look ahead may see. */
  function fill(count: number): void {
    while (heldBits < count) {
      held |= (bytes[position++] ?? 0) << heldBits;
      heldBits += 8;
    }
  }
  function drop(count: number): void {
    held >>>= count;
    heldBits -= count;
    if (position - (heldBits >> 3) > bytes.length) throw new InflateError('cut off');
  }
  function take(count: number): number {
    fill(count);
    const value = held & ((1 << count) - 1);
    drop(count);
    return value;
  }
  function decode({ bits, table }: Code): number {
    fill(bits);
    const entry = table[held & ((1 << bits) - 1)]!;
    if (entry === 0) throw new InflateError('a code that stands for nothing');
    drop(entry & 15);
    return entry >> 4;
  }

  function copyStored(): void {
    drop(heldBits & 7);
    const size = take(16);
    if (take(16) !== (size ^ 0xffff)) throw new InflateError('a block whose length is damaged');
    position -= heldBits >> 3;
    [held, heldBits] = [0, 0];
    if (position + size > bytes.length) throw new InflateError('cut off');
    out.reserve(size);
    out.data.set(bytes.subarray(position, position + size), out.length);
    out.length += size;
    position += size;
  }

  function readCodes(): readonly [Code, Code] {
    const [literals, distances, orders] = [take(5) + 257, take(5) + 1, take(4) + 4];
    const orderLengths = new Uint8Array(LENGTH_ORDER.length);
    for (let i = 0; i < orders; i++) orderLengths[LENGTH_ORDER[i]!] = take(3);
    const orderCode = makeCode(orderLengths);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length; ) {
      const symbol = decode(orderCode);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new InflateError('a code length that repeats nothing');
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const repeats = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
      if (i + repeats > lengths.length) throw new InflateError('more code lengths than codes');
      lengths.fill(value, i, i + repeats);
      i += repeats;
    }
    return [makeCode(lengths.subarray(0, literals)), makeCode(lengths.subarray(literals))];
  }

  function unpackBlock([literal, distance]: readonly [Code, Code]): void {
    for (;;) {
      const symbol = decode(literal);
      if (symbol < END_OF_BLOCK) {
        out.reserve(1);
        out.data[out.length++] = symbol;
        continue;
      }
      if (symbol === END_OF_BLOCK) return;
      const size = LENGTH_BASE[symbol - 257]! + take(LENGTH_EXTRA[symbol - 257] ?? 0);
      const back = decode(distance);
      const from = out.length - (DISTANCE_BASE[back]! + take(DISTANCE_EXTRA[back] ?? 0));
      if (!(size > 0 && from >= begin)) throw new InflateError('a reference to what is not there');
      out.reserve(size);
      const { data: target } = out;
      for (let i = 0; i < size; i++) target[out.length + i] = target[from + i]!; // may overlap itself
      out.length += size;
    }
  }

  for (let isLast = false; !isLast; ) {
    isLast = take(1) === 1;
    const type = take(2);
    if (type === 0) copyStored();
    else if (type === 1) unpackBlock(getFixedCodes());
    else if (type === 2) unpackBlock(readCodes());
    else throw new InflateError('a block of no known type');
  }
  return position - (heldBits >> 3);
}

/** First values of codes whose extra bits are given: each begins where the one before ends. */
function steps(first: number, extra: number[]): [base: number[], extra: number[]] {
  let next = first;
  const base = extra.map((bits) => {
    next += 2 ** bits;
    return next - 2 ** bits;
  });
  return [base, extra];
}

/** The canonical code of these lengths. */
function makeCode(lengths: Uint8Array): Code {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const next = new Uint16Array(LONGEST_CODE + 1);
  let bits = 0;
  let room = 1; // codes that are left, at each length
  for (let length = 1; length <= LONGEST_CODE; length++) {
    next[length] = (next[length - 1]! + counts[length - 1]!) << 1;
    room = 2 * room - counts[length]!;
    if (room < 0) throw new InflateError('more codes than there can be');
    if (counts[length] !== 0) bits = length;
  }
  const table = new Uint16Array(1 << bits);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    for (let i = reverse(next[length]!++, length); i < table.length; i += 1 << length) {
      table[i] = (symbol << 4) | length;
    }
  }
  return { bits, table };
}

/** Codes stand in the stream with their highest bit first. */
function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
  return reversed;
}

let fixedCodes: readonly [Code, Code] | undefined;

function getFixedCodes(): readonly [Code, Code] {
  const literals = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
  fixedCodes ??= [makeCode(literals), makeCode(new Uint8Array(30).fill(5))];
  return fixedCodes;
}
