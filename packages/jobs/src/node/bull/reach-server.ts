import { setTimeout as wait } from 'node:timers/promises';
import { LatentkitError } from '@latentkit/core';
import type { QueueAddress } from './queue-address.ts';

const PATIENCE = 300_000; // ms that a server may take to come back
const TRY_AGAIN = 500; // ms

/** How a server that is away is spoken of and waited for. */
export interface Reach {
  /** Tells of a fault of the connection, once until there is another. */
  notice(error: Error): void;
  /** Asks until the server answers. Redis's client waits by itself; PostgreSQL's throws. */
  patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer>;
}

export function createReach(
  address: QueueAddress,
  closing: AbortSignal,
  onNotice: ((words: string) => void) | undefined,
): Reach {
  let said = '';
  const notice = (error: Error) => {
    const words = `queue ${address.shown}: ${address.scrub(wordsOf(error))}`;
    if (words !== said) onNotice?.(words);
    said = words;
  };
  return {
    notice,
    async patiently(ask) {
      const until = performance.now() + PATIENCE;
      for (;;) {
        try {
          return await ask();
        } catch (error) {
          if (closing.aborted || !isAway(error) || performance.now() > until) throw unusable(address, error);
          notice(error as Error);
          await wait(TRY_AGAIN, undefined, { signal: closing }).catch(() => undefined);
        }
      }
    },
  };
}

/** The first answer: what does not come soon is a wrong address, or a wrong password; a certificate that is refused is told at once. */
export async function firstAnswer(
  address: QueueAddress,
  server: { waitUntilReady(): Promise<unknown>; on(event: 'error', hear: (error: Error) => void): unknown },
  patience: number,
): Promise<void> {
  let last: unknown = new Error('nobody answers');
  const distrust = new Promise<never>((_, reject) => {
    server.on('error', (error) => {
      last = error;
      if (isDistrust(error)) reject(unusable(address, error));
    });
  });
  const until = performance.now() + patience * 1000;
  const timer = new AbortController();
  const late = wait(patience * 1000, undefined, { signal: timer.signal }).then(
    () => Promise.reject(unusable(address, last)),
    () => undefined,
  );
  const ready = async () => {
    for (;;) {
      try {
        return await server.waitUntilReady();
      } catch (error) {
        last = error;
        if (!isAway(error) || performance.now() > until) throw unusable(address, error);
        await wait(TRY_AGAIN);
      }
    }
  };
  try {
    await Promise.race([late, distrust, ready()]);
  } finally {
    timer.abort();
  }
}

/** Without a cause: clients put what they sent into their errors, passwords too. */
function unusable(address: QueueAddress, error: unknown): LatentkitError {
  if (error instanceof LatentkitError) return error;
  const words = address.scrub(wordsOf(error as Error));
  return new LatentkitError('E_NETWORK', `queue ${address.shown} cannot be used: ${words}`, {
    fix: 'Check that the server runs, and its address, user and password',
  });
}

/** Node's error for several addresses has no message of its own. */
function wordsOf(error: Error & { code?: string }): string {
  return error.message || error.code || String(error);
}

/** Of certificates, theirs or ours, which no waiting mends. */
function isDistrust({ code = '' }: Error & { code?: string }): boolean {
  return /^(?:ERR_TLS_CERT|ERR_SSL_|CERT_|UNABLE_TO_(?:GET_ISSUER|VERIFY)|SELF_SIGNED|DEPTH_ZERO)/.test(code);
}

/** Of the network, or of a PostgreSQL that starts or stops (SQLSTATE classes 08 and 57P). */
function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|08|57P)/.test(code) ||
    /Connection (?:is closed|terminated)|connection error|ECONN/i.test(message)
  );
}
