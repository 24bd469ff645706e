import { asBytes } from '../arrays/as-bytes.ts';

const BLOCK = 64; // bytes
const LENGTH = 8; // bytes of the message's length, at its end

/** The first 32 bits of the fractions of the first 64 primes' cube roots, and of the first 8 primes' square roots. */
const ROUNDS = Int32Array.from(primes(64), (prime) => fractionOf(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fractionOf(Math.sqrt(prime)));

/**
 * The SHA-256 of bytes in lower-case hexadecimal, at once and everywhere: WebCrypto answers later, and on plain http not at all.
 *
 * @throws `E_USAGE` for what are no bytes.
 * @example
 * sha256Hex(new Uint8Array()); // 'e3b0c442...'
 * @see FIPS 180-4, section 6.2
 */
export function sha256Hex(input: Uint8Array | ArrayBufferLike): string {
  return portableSha256().update(asBytes('sha256Hex', input)).digest('hex');
}

/** A SHA-256 of bytes that come in parts, as Node's `createHash` has it. */
export interface Sha256 {
  /** Takes the next bytes. */
  update(bytes: Uint8Array): Sha256;
  /** Of all of them, in lower-case hexadecimal; nothing can be added then. */
  digest(encoding: 'hex'): string;
}

/** {@link Sha256} in plain JavaScript. */
export function portableSha256(): Sha256 {
  const state = Int32Array.from(START);
  const words = new Int32Array(BLOCK);
  const rest = new Uint8Array(BLOCK); // bytes that fill no block yet
  const restView = new DataView(rest.buffer);
  let length = 0;
  const hash: Sha256 = {
    update(bytes) {
      let at = 0;
      const waiting = length % BLOCK;
      length += bytes.length;
      if (waiting > 0) {
        at = Math.min(BLOCK - waiting, bytes.length);
        rest.set(bytes.subarray(0, at), waiting);
        if (waiting + at < BLOCK) return hash;
        digestBlock(state, words, restView, 0);
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (; at + BLOCK <= bytes.length; at += BLOCK) digestBlock(state, words, view, at);
      rest.set(bytes.subarray(at));
      return hash;
    },
    digest() {
      const end = endOf(rest.subarray(0, length % BLOCK), length);
      for (let at = 0; at < end.byteLength; at += BLOCK) digestBlock(state, words, end, at);
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
  return hash;
}

/** What is left of so many bytes, a 1 bit, zeros, and the length in bits: one block or two. */
function endOf(rest: Uint8Array, bytes: number): DataView {
  const end = new Uint8Array(rest.length + 1 + LENGTH > BLOCK ? 2 * BLOCK : BLOCK);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setBigUint64(end.length - LENGTH, 8n * BigInt(bytes));
  return view;
}

function digestBlock(state: Int32Array, w: Int32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const early = w[t - 15]!;
    const late = w[t - 2]!;
    const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    w[t] = (s1 + w[t - 7]! + s0 + w[t - 16]!) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[t]! + w[t]!) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const turned = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i]! += turned[i]!;
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fractionOf(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
