import { LatentkitError } from '@latentkit/core';

/** A file's bytes, read within their bounds. */
export interface Hdf5Bytes {
  readonly length: number;
  /** A whole number of so many bytes, the lowest first. */
  whole(at: number, bytes: number): number;
  /** An address of 8 bytes; undefined for the one that says that there is none. */
  address(at: number): number | undefined;
  slice(at: number, length: number): Uint8Array;
  /** Text up to a zero. */
  name(at: number): string;
  /** Counts a piece of what describes the file; refuses a file of too many, or one whose pieces lead in a circle. */
  count(): void;
  /** Refuses what does not begin with a signature. */
  expect(at: number, signature: string): void;
}

export const damaged = (words: string) =>
  new LatentkitError('E_FORMAT', `parseHdf5: the file is damaged: ${words}`, { fix: 'Get it anew' });

/** What a file may have and we do not read. */
export const beyond = (words: string) =>
  new LatentkitError('E_FORMAT', `parseHdf5: ${words}`, {
    fix: 'Write it with h5py as it is by default: arrays in one piece, not packed',
  });

const decoder = new TextDecoder('utf-8', { fatal: true });

export function decodeName(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw damaged('a text is no UTF-8');
  }
}

/** @param most pieces that may be counted: links, messages, nodes of trees. */
export function hdf5Bytes(bytes: Uint8Array, most: number): Hdf5Bytes {
  let pieces = 0;
  const check = (at: number, length: number) => {
    if (Number.isSafeInteger(at + length) && at >= 0 && length >= 0 && at + length <= bytes.length) return;
    throw damaged(`bytes ${at} to ${at + length} of ${bytes.length} are spoken of`);
  };
  const slice = (at: number, length: number) => {
    check(at, length);
    return bytes.subarray(at, at + length);
  };
  const whole = (at: number, count: number) => {
    check(at, count);
    let value = 0;
    for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
    return value;
  };
  return {
    length: bytes.length,
    whole,
    slice,
    address(at) {
      return slice(at, 8).every((byte) => byte === 0xff) ? undefined : whole(at, 8);
    },
    name(at) {
      check(at, 1);
      const end = bytes.indexOf(0, at);
      if (end < 0) throw damaged('a name has no end');
      return decodeName(bytes.subarray(at, end));
    },
    count() {
      if (++pieces <= most) return;
      throw new LatentkitError('E_LIMIT', `parseHdf5: the file is described in more than ${most} pieces`, {
        fix: 'Its groups lead in circles, or it is damaged: get it anew',
      });
    },
    expect(at, signature) {
      const got = String.fromCharCode(...slice(at, signature.length));
      if (got !== signature) throw damaged(`expected ${signature} at byte ${at}`);
    },
  };
}
