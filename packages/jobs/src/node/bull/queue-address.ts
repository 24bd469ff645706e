import { LatentkitError } from '@latentkit/core';

/** Where a queue is served, and how it is spoken of: without its password. */
export interface QueueAddress {
  readonly kind: 'redis' | 'postgres';
  readonly url: URL;
  /** For people and logs: `redis://host:6379/0`. */
  readonly shown: string;
  /** A text without what the address keeps secret. */
  scrub(text: string): string;
}

const KINDS: Readonly<Record<string, QueueAddress['kind']>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/**
 * A queue's URL, taken apart: `redis://`, `rediss://` (TLS) or `postgres://`.
 *
 * @throws `E_USAGE` for another one, which is not repeated, as it may hold a password.
 */
export function parseQueueUrl(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url && KINDS[url.protocol];
  if (!kind || (!url.host && !url.searchParams.has('host'))) {
    throw new LatentkitError(
      'E_USAGE',
      'the queue must be a URL of redis://, rediss:// or postgres:// with a host',
      {
        fix: 'For example redis://127.0.0.1:6379 or postgres://me:password@host/database',
      },
    );
  }
  const secrets = [...secretsOf(url)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length);
  return {
    kind,
    url,
    shown: `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`,
    scrub: (said) => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), said),
  };
}

function* secretsOf(url: URL): Generator<string> {
  const raw = [url.password, url.searchParams.get('password') ?? ''];
  for (const secret of raw) {
    yield secret;
    try {
      yield decodeURIComponent(secret);
    } catch {
      // a lone %: it is what it is
    }
  }
}
