import { LatentkitError } from '@latentkit/core';
import { type DownloadProgress, type FetchResumingOptions, fetchResuming } from './fetch-resuming.ts';

const MAX_ATTEMPTS = 4; // per mirror, as long as each brings new bytes

export interface DownloadFileOptions extends Omit<FetchResumingOptions, 'part' | 'onProgress'> {
  /** The cache's name for the finished file. */
  name: string;
  /** Best first; one that fails is put behind the others, so that the next file does not ask it again. */
  mirrors: string[];
  /** What to do when every mirror failed. */
  fix: string;
  onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Gets a file from the first mirror that has it in full and as published, and keeps it in the cache.
 *
 * Broken and stalled connections resume; a mismatch after a resumption starts over once; then the next mirror's turn comes.
 *
 * @param verify throws a `LatentkitError` for bytes that are not the published ones, and gives what is made of them.
 * @throws `E_NETWORK` naming each mirror and why it failed; `E_IO` when the cache fails; the signal's reason.
 */
export async function downloadFile<T>(
  file: string,
  verify: (bytes: Uint8Array) => Promise<T>,
  options: DownloadFileOptions,
): Promise<T> {
  const { cache, name, mirrors, signal, fix } = options;
  const reasons: string[] = [];
  for (const mirror of [...mirrors]) {
    const url = mirror + file;
    const part = partName(name, mirror);
    try {
      const { bytes, result } = await downloadVerified(url, part, file, verify, options);
      await cache.write(name, bytes);
      for (const other of mirrors) await cache.remove(partName(name, other));
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      if (codeOf(error) === 'E_IO') throw error;
      reasons.push(`${url}: ${reasonOf(error, options)}`);
      mirrors.push(...mirrors.splice(mirrors.indexOf(mirror), 1));
    }
  }
  const none = `there is no mirror to ask${options.inPage ? ' that lets pages read its files' : ''}`;
  throw new LatentkitError('E_NETWORK', `could not download ${name} (${reasons.join('; ') || none})`, {
    fix,
  });
}

async function downloadVerified<T>(
  url: string,
  part: string,
  file: string,
  verify: (bytes: Uint8Array) => Promise<T>,
  { onProgress, ...options }: DownloadFileOptions,
): Promise<{ bytes: Uint8Array; result: T }> {
  const { cache, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const before = (await cache.read(part))?.length ?? 0;
    let complete = false;
    try {
      const bytes = await fetchResuming(url, {
        ...options,
        part,
        onProgress: (loadedBytes, totalBytes) => onProgress?.({ file, url, loadedBytes, totalBytes }),
      });
      complete = true;
      return { bytes, result: await verify(bytes) };
    } catch (error) {
      signal?.throwIfAborted();
      const useless = complete || codeOf(error) === 'E_LIMIT';
      if (useless) await cache.remove(part);
      const after = (await cache.read(part))?.length ?? 0;
      const worthAnother = useless ? before > 0 : after > before;
      if (codeOf(error) === 'E_IO' || attempt === MAX_ATTEMPTS || !worthAnother) throw error;
    }
  }
}

/** One for each mirror, as they pack the same content into different bytes. */
function partName(name: string, mirror: string): string {
  return `${name}.${mirror.replace(/[^a-z0-9]+/gi, '-')}.part`;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof LatentkitError ? error.code : undefined;
}

/** `fetch failed` hides its reason in the cause; pages are told of none. */
function reasonOf(error: unknown, { inPage = false }: Pick<DownloadFileOptions, 'inPage'>): string {
  if (!(error instanceof Error)) return String(error);
  if (inPage && error instanceof TypeError) {
    return `${error.message}: no connection, or the server does not let this page read its files (CORS), or the page's policy not ask it (connect-src)`;
  }
  return error.cause instanceof Error && !(error instanceof LatentkitError)
    ? `${error.message} (${error.cause.message})`
    : error.message;
}
