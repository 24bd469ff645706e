import { LatentkitError } from '@latentkit/core';
import { concatBytes } from './concat-bytes.ts';
import type { FileCache } from './file-cache.ts';
import { type PatientFetchOptions, patientFetch } from './patient-fetch.ts';

/** How far a download is; `totalBytes` is missing where the server does not tell, or has not yet. */
export interface DownloadProgress {
  readonly file: string;
  /** Where it comes from; another one when the first could not be used. */
  readonly url: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

export interface FetchResumingOptions extends Omit<PatientFetchOptions, 'headers'> {
  cache: FileCache;
  /** The cache's name for the unfinished file. */
  part: string;
  maxBytes: number;
  /** Not all headers of other origins' answers can be read. */
  inPage?: boolean;
  onProgress?: (loadedBytes: number, totalBytes: number | undefined) => void;
}

/**
 * Downloads a file, going on where the cache's unfinished one ends. The server may refuse to (200), find that there is
 * nothing left or too much (416), or answer with another place (206), or with one that a page may not read: each of these ends in
 * a whole download.
 */
export async function fetchResuming(
  url: string,
  { cache, part, maxBytes, inPage = false, onProgress, ...patience }: FetchResumingOptions,
): Promise<Uint8Array> {
  let kept = (await cache.read(part)) ?? new Uint8Array();
  onProgress?.(kept.length, undefined);
  const request = (from: number) =>
    patientFetch(url, { ...patience, headers: from > 0 ? { Range: `bytes=${from}-` } : {} });
  let answer = await request(kept.length);
  try {
    const { status, ok } = answer.response;
    if (kept.length > 0 && status === 416) {
      if (readContentRange(answer.response)?.total === kept.length) return kept;
      await restart();
    } else if (kept.length > 0 && status === 206) {
      // Where a page may not read the place, the checksum tells.
      const { start = inPage ? kept.length : undefined } = readContentRange(answer.response) ?? {};
      if (start !== kept.length) await restart();
    } else if (kept.length > 0 && ok) await forget();
    const { response } = answer;
    if (response.status !== (kept.length > 0 ? 206 : 200) || response.body === null) {
      throw new LatentkitError('E_NETWORK', `HTTP ${response.status} ${response.statusText}`.trim());
    }
    if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
      throw new LatentkitError('E_NETWORK', 'got a web page (text/html) in place of the file');
    }
    // A page may read the length of another origin's answer, but not that it is of packed bytes that were unpacked on the way. The
    // browser itself notices what is cut off.
    const isHint = inPage && response.type === 'cors';
    let total = readTotal(response);
    let loaded = kept.length;
    const chunks = [kept];
    for (;;) {
      if (Math.max(loaded, total ?? 0) > maxBytes) {
        throw new LatentkitError('E_LIMIT', `expected at most ${maxBytes} bytes, got ${total ?? 'more'}`);
      }
      onProgress?.(loaded, total);
      const piece = await answer.read();
      if (piece === undefined) break;
      await cache.append(part, piece);
      chunks.push(piece);
      loaded += piece.length;
      if (isHint && total !== undefined && loaded > total) total = undefined;
    }
    if (!isHint && total !== undefined && loaded !== total) {
      throw new LatentkitError('E_NETWORK', `the connection ended after ${loaded} of ${total} bytes`);
    }
    return concatBytes(chunks);
  } finally {
    await answer.close();
  }

  async function forget(): Promise<void> {
    await cache.remove(part);
    kept = new Uint8Array();
  }
  async function restart(): Promise<void> {
    await answer.close();
    await forget();
    answer = await request(0);
  }
}

function readContentRange(response: Response): { start?: number; total?: number } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  if (match === null) return undefined;
  const [, start, total] = match;
  return {
    ...(start !== undefined && { start: Number(start) }),
    ...(total !== '*' && { total: Number(total) }),
  };
}

/** The whole file's length. Under a content encoding, the length is that of other bytes than we get. */
function readTotal(response: Response): number | undefined {
  if (response.status === 206) return readContentRange(response)?.total;
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length);
}
