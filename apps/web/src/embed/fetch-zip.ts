import { LatentkitError } from '@latentkit/core';

/** A run of small images has a few megabytes: what is far larger is something else, and would hold a reader's page up. */
const MOST_BYTES = 2 ** 27;

/**
 * Fetches a file.
 *
 * @throws `E_NETWORK` where it does not come, `E_NOT_FOUND` where it is not there, `E_LIMIT` for more than 128 MB; the signal's reason.
 */
export async function fetchZip(url: URL, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const name = nameOf(url);
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw noAnswer(url, cause);
  });
  if (response.status === 404 || response.status === 410) {
    throw new LatentkitError('E_NOT_FOUND', `${name} is not there: its host says ${response.status}`);
  }
  if (!response.ok) {
    throw new LatentkitError('E_NETWORK', `${name} did not come: its host says ${response.status}`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MOST_BYTES) {
    throw new LatentkitError('E_LIMIT', `${name} has ${bytes.length} bytes, expected at most ${MOST_BYTES}`);
  }
  return bytes;
}

/** A browser does not tell a page why another host's file does not come: nobody who asks should learn what is there. */
function noAnswer(url: URL, cause: unknown): LatentkitError {
  const name = nameOf(url);
  if (url.origin === location.origin) {
    return new LatentkitError(
      'E_NETWORK',
      `${name} did not come: there is no connection, or this page's policy forbids it`,
      {
        cause,
        fix: "Allow it by connect-src, where the page has a content security policy: connect-src 'self'",
      },
    );
  }
  return new LatentkitError(
    'E_NETWORK',
    `${name} did not come: ${url.hostname} does not answer, or does not let this page read it`,
    {
      cause,
      fix: `Have ${url.hostname} send Access-Control-Allow-Origin, or put the file beside the page; a content security policy has to name the host in connect-src`,
    },
  );
}

/** What a file is called at the end of its address. */
export const nameOf = ({ pathname, host }: URL): string => pathname.split('/').at(-1) || host;
