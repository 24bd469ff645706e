import { LatentkitError } from '@latentkit/core';
import { concatBytes } from './concat-bytes.ts';
import type { FileCache } from './file-cache.ts';

/** How far a download is; `totalBytes` is missing where the server does not tell. */
export interface DownloadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes?: number;
}

export interface FetchResumingOptions {
  fetch: typeof globalThis.fetch;
  cache: FileCache;
  /** The cache's name for the unfinished file. */
  part: string;
  maxBytes: number;
  signal?: AbortSignal;
  onProgress?: (loadedBytes: number, totalBytes: number | undefined) => void;
}

/**
 * Downloads a file, going on where the cache's unfinished one ends. The server may refuse to (200), find that there is
 * nothing left or too much (416), or answer with another place (206): each of these ends in a whole download.
 */
export async function fetchResuming(
  url: string,
  { fetch, cache, part, maxBytes, signal, onProgress }: FetchResumingOptions,
): Promise<Uint8Array> {
  let kept = (await cache.read(part)) ?? new Uint8Array();
  const request = (from: number) =>
    fetch(url, { headers: from > 0 ? { Range: `bytes=${from}-` } : {}, signal: signal ?? null });
  let response = await request(kept.length);
  if (kept.length > 0 && response.status !== 206) {
    if (response.status === 416) {
      if (readContentRange(response)?.total !== kept.length) response = await restart(response);
      else {
        await response.body?.cancel();
        return kept;
      }
    } else if (response.ok) await forget();
  } else if (kept.length > 0 && readContentRange(response)?.start !== kept.length) {
    response = await restart(response);
  }
  if (response.status !== (kept.length > 0 ? 206 : 200) || response.body === null) {
    await response.body?.cancel();
    throw new LatentkitError('E_NETWORK', `HTTP ${response.status} ${response.statusText}`.trim());
  }
  const total = readTotal(response);
  let loaded = kept.length;
  const chunks = [kept];
  const reader = response.body.getReader();
  for (;;) {
    if (Math.max(loaded, total ?? 0) > maxBytes) {
      await reader.cancel();
      throw new LatentkitError('E_LIMIT', `expected at most ${maxBytes} bytes, got ${total ?? 'more'}`);
    }
    onProgress?.(loaded, total);
    const { done, value } = await reader.read();
    if (done) break;
    await cache.append(part, value);
    chunks.push(value);
    loaded += value.length;
  }
  if (total !== undefined && loaded !== total) {
    throw new LatentkitError('E_NETWORK', `the connection ended after ${loaded} of ${total} bytes`);
  }
  return concatBytes(chunks);

  async function forget(): Promise<void> {
    await cache.remove(part);
    kept = new Uint8Array();
  }
  async function restart(refused: Response): Promise<Response> {
    await refused.body?.cancel();
    await forget();
    return request(0);
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
