import { LatentkitError } from '@latentkit/core';
import type { TlsOptions } from './open-options.ts';
import type { QueueAddress } from './queue-address.ts';

export type Bull = typeof import('bullmq');
/** Both servers are spoken to by the same classes, whose types know Redis alone. */
export type Connection = Pick<import('bullmq').QueueOptions, 'connection' | 'telemetry'>;

/** BullMQ and what it speaks to the server with: peers, as few need them. */
export async function loadBull({ kind }: QueueAddress): Promise<Bull> {
  const client = kind === 'redis' ? 'ioredis' : 'pg';
  try {
    const [bull] = await Promise.all([import('bullmq'), kind === 'redis' ? import('ioredis') : import('pg')]);
    return bull;
  } catch (cause) {
    throw new LatentkitError(
      'E_USAGE',
      `queues on ${kind} need bullmq and ${client}, which are not installed`,
      {
        fix: `npm install bullmq@^6.7 ${client}`,
        cause,
      },
    );
  }
}

const SSL_PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

/** What all of BullMQ's classes are opened with. */
export function connectionOf(
  { kind, url }: QueueAddress,
  tls: TlsOptions | undefined,
): Connection['connection'] {
  if (kind === 'postgres') {
    const isAsked = tls !== undefined && Object.keys(tls).length > 0;
    const plain = new URL(url);
    // pg would take what the address says of them in place of the certificates.
    if (isAsked) for (const name of SSL_PARAMETERS) plain.searchParams.delete(name);
    const ssl = isAsked ? { ssl: tls } : {};
    return { connectionString: plain.href, migrate: true, ...ssl } as unknown as Connection['connection'];
  }
  const database = url.pathname.slice(1);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    ...(database !== '' && { db: Number(database) }),
    ...((url.protocol === 'rediss:' || tls) && { tls: tls ?? {} }),
    maxRetriesPerRequest: null, // a server that restarts is waited for
  };
}
