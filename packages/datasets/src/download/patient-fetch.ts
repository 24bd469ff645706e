import { LatentkitError } from '@latentkit/core';

/** Resolves after so many milliseconds; rejects when the signal tells it to stop. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface PatientFetchOptions {
  fetch: typeof globalThis.fetch;
  /** Gives up when nothing came for so long. */
  idleSeconds: number;
  wait: Wait;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** An answer whose bytes are read one piece after another. */
export interface PatientResponse {
  readonly response: Response;
  /** The next bytes; undefined behind the last. */
  read(): Promise<Uint8Array | undefined>;
  /** Lets the connection go; needless behind the last bytes. */
  close(): Promise<void>;
}

const BUSY = [429, 500, 502, 503, 504]; // what servers answer that may well answer the next time
const PAUSES = [1, 2, 4]; // seconds
const LONGEST_PAUSE = 30; // a server that asks for more is done with for now
const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds; longer ones end at once

/**
 * A request that is made again while the server is busy, and given up when nothing comes: neither an answer nor, once it
 * has begun, the next bytes.
 *
 * @throws `E_NETWORK` when nothing came for `idleSeconds`; what `fetch` throws; the signal's reason.
 */
export async function patientFetch(url: string, options: PatientFetchOptions): Promise<PatientResponse> {
  const { fetch, idleSeconds, wait, headers = {} } = options;
  const idle = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, idle.signal]) : idle.signal;

  async function within<T>(work: Promise<T>): Promise<T> {
    const came = new AbortController();
    const tooLate = wait(Math.min(1000 * idleSeconds, LONGEST_TIMER), came.signal).then(() => {
      const error = new LatentkitError('E_NETWORK', `nothing came for ${idleSeconds} s`);
      idle.abort(error);
      throw error;
    });
    tooLate.catch(() => {}); // it was not
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      came.abort();
    }
  }

  for (let attempt = 0; ; attempt++) {
    const response = await within(fetch(url, { headers, signal }));
    const pause = Math.max(PAUSES[attempt] ?? Number.POSITIVE_INFINITY, retryAfter(response));
    if (!BUSY.includes(response.status) || pause > LONGEST_PAUSE) {
      const reader = response.body?.getReader();
      return {
        response,
        read: async () => (reader ? (await within(reader.read())).value : undefined),
        close: async () => reader?.cancel().catch(() => {}), // it may be broken already
      };
    }
    await response.body?.cancel();
    await wait(1000 * pause, signal);
  }
}

/** Seconds that a server asks to be left alone for. */
function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? seconds : 0; // a date
}

/** The clock's own. */
export const waitFor: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
