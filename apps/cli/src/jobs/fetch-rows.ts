import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LatentkitError } from '@latentkit/core';
import type { Shard } from '@latentkit/experiment/node';
import { encodeNpyHeader, type NpyStart, parseNpyStart } from '@latentkit/formats';
import { shownAddress } from './shown-address.ts';
import { signS3 } from './sign-s3.ts';

const HEAD_BYTES = 4096;
const TRIES = 4;

/** Types of pixels and table cells that are taken as they are: row-major and little-endian, as NumPy writes them here. */
const TYPES = { '|u1': ['uint8', 1], '<f4': ['float32', 4], '<f8': ['float64', 8] } as const;

interface Head {
  readonly start: NpyStart;
  readonly type: (typeof TYPES)[keyof typeof TYPES];
  readonly tag: string;
}

export interface FetchRowsOptions {
  shard: Shard;
  /** What {@link fingerprintUrl} gave whoever made the job. */
  fingerprint: string;
  /** The file to write. */
  to: string;
  signal: AbortSignal;
}

/**
 * Writes a shard's rows of a `.npy` file behind an address into a file of their own: nothing else is fetched.
 *
 * @throws `E_NETWORK` for a server that refuses, knows no ranges or stops; `E_CHECKSUM` where the file is not the one of the fingerprint;
 * `E_FORMAT` for another file than NPY of bytes or floats; `E_RANGE` for more shards than rows.
 */
export async function fetchRows(
  address: string,
  { shard: { index, count }, fingerprint, to, signal }: FetchRowsOptions,
): Promise<{ first: number }> {
  const { start, type, tag } = await fetchHead(address, signal);
  if (tag !== fingerprint) {
    throw new LatentkitError(
      'E_CHECKSUM',
      `${shownAddress(address)} is not the file that the job was made for`,
      {
        fix: 'Hand the jobs in again, for the file that is there now',
      },
    );
  }
  const [rows = 0, ...row] = start.shape;
  if (count > rows) {
    throw new LatentkitError(
      'E_RANGE',
      `${shownAddress(address)}: expected at most ${rows} shards of ${rows} rows, got ${count}`,
    );
  }
  const [first, end] = [Math.floor((index * rows) / count), Math.floor(((index + 1) * rows) / count)];
  const size = row.reduce((product, side) => product * side, type[1]);
  const [from, until] = [start.offset + first * size, start.offset + end * size];
  await again(signal, async () => {
    const response = await fetchRange(address, from, until, signal);
    const out = createWriteStream(to);
    out.write(encodeNpyHeader([end - first, ...row], type[0]));
    await pipeline(Readable.fromWeb(response.body as never), out, { signal });
    if (out.bytesWritten !== until - from + encodeNpyHeader([end - first, ...row], type[0]).length) {
      throw new LatentkitError('E_NETWORK', `${shownAddress(address)}: the answer is shorter than its range`);
    }
  });
  return { first };
}

/** What tells the file behind an address from others: its length, and what its server calls its state. */
export async function fingerprintUrl(address: string, signal: AbortSignal): Promise<string> {
  return (await fetchHead(address, signal)).tag;
}

async function fetchHead(address: string, signal: AbortSignal): Promise<Head> {
  return again(signal, async () => {
    const response = await fetchRange(address, 0, HEAD_BYTES, signal);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const total = response.headers.get('content-range')?.split('/')[1] ?? '?';
    const state = response.headers.get('etag') ?? response.headers.get('last-modified') ?? '';
    const start = parseNpyStart(bytes);
    const type = TYPES[start.descr as keyof typeof TYPES];
    if (!type || start.fortranOrder) {
      throw new LatentkitError(
        'E_FORMAT',
        `${shownAddress(address)}: expected rows of uint8, float32 or float64 one behind the other, got ${start.descr}${start.fortranOrder ? ' in Fortran order' : ''}`,
        { fix: "numpy.save(file, numpy.ascontiguousarray(x, 'float32')) writes such" },
      );
    }
    const needed = start.offset + start.shape.reduce((product, side) => product * side, type[1]);
    if (total !== String(needed)) {
      throw new LatentkitError(
        'E_FORMAT',
        `${shownAddress(address)} says that it has ${needed} bytes, and has ${total}`,
      );
    }
    return { start, type, tag: `${total}.${state.replaceAll(/[^\w.-]/g, '') || 'unknown'}`.slice(0, 200) };
  });
}

/** Bytes from the first up to the last. */
async function fetchRange(
  address: string,
  from: number,
  until: number,
  signal: AbortSignal,
): Promise<Response> {
  const range = `bytes=${from}-${until - 1}`;
  const { url, headers } = signS3(address, { ...process.env }, new Date());
  const response = await fetch(url, { headers: { ...headers, range }, signal });
  if (response.status === 206) return response;
  await response.body?.cancel();
  const words = response.status === 200 ? 'the server knows no ranges' : `the server says ${response.status}`;
  throw new LatentkitError('E_NETWORK', `${shownAddress(address)}: ${words}`, {
    fix: 'Check the address and who may read it; a file server that knows ranges is needed',
  });
}

/** A few times, where it is the network. */
async function again<Result>(signal: AbortSignal, ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const isRefused =
        error instanceof LatentkitError && (error.code !== 'E_NETWORK' || /says 4/.test(error.message));
      if (isRefused) throw error;
      if (tries === TRIES) {
        throw error instanceof LatentkitError
          ? error
          : new LatentkitError('E_NETWORK', (error as Error).message);
      }
      await new Promise((resolve) => setTimeout(resolve, 100 * 4 ** tries));
    }
  }
}
