import { expect, it } from 'vitest';
import { openJobQueue } from '../open-job-queue.ts';
import { connectionOf } from './load-bull.ts';
import { parseQueueUrl } from './queue-address.ts';

it.each([
  ['redis://:p%40ss@10.0.0.1:7000/3', 'redis://10.0.0.1:7000/3'],
  ['rediss://me:geheim@[::1]', 'rediss://[::1]'],
  ['postgres://me:geheim@db/jobs?sslmode=require', 'postgres://db/jobs'],
])('%s is spoken of as %s', (url, shown) => {
  expect(parseQueueUrl(url).shown).toBe(shown);
});

it('takes the password out of texts, as it is written and as it is meant', () => {
  const { scrub } = parseQueueUrl('redis://:p%40ss@host');
  expect(scrub('AUTH p@ss failed for redis://:p%40ss@host')).toBe('AUTH *** failed for redis://:***@host');
});

it('gives clients what the URL says, and TLS where it is asked for', () => {
  expect(connectionOf(parseQueueUrl('redis://me:p%40ss@[::1]:7000/3'), undefined)).toEqual({
    ...{ host: '::1', port: 7000, username: 'me', password: 'p@ss', db: 3, maxRetriesPerRequest: null },
  });
  expect(connectionOf(parseQueueUrl('rediss://host'), undefined)).toMatchObject({ port: 6379, tls: {} });
  expect(connectionOf(parseQueueUrl('redis://host'), { ca: 'PEM' })).toMatchObject({ tls: { ca: 'PEM' } });
  expect(connectionOf(parseQueueUrl('postgres://a:b@c/d'), { ca: 'PEM' })).toEqual({
    ...{ connectionString: 'postgres://a:b@c/d', migrate: true, ssl: { ca: 'PEM' } },
  });
  const asked = parseQueueUrl('postgres://a:b@c/d?sslmode=no-verify&application_name=x');
  expect(connectionOf(asked, undefined)).toMatchObject({ connectionString: asked.url.href });
  expect(connectionOf(asked, { ca: 'PEM' })).toMatchObject({
    ...{ connectionString: 'postgres://a:b@c/d?application_name=x', ssl: { ca: 'PEM' } },
  });
});

it.each(['mysql://me:geheim@host', 'geheim', 'redis:', 'redis://', ''])(
  'refuses %s without repeating it',
  async (url) => {
    const error: Error = await openJobQueue(url).then(
      () => new Error('opened'),
      (thrown) => thrown as Error,
    );
    expect(error).toMatchObject({ code: 'E_USAGE' });
    expect(error.message).not.toContain('geheim');
  },
);

it.each(['redis://:geheim@127.0.0.1:1', 'postgres://me:geheim@127.0.0.1:1/jobs'])(
  'where nobody answers %s says so without the password',
  { timeout: 30_000 },
  async (url) => {
    const notices: string[] = [];
    const error: Error = await openJobQueue(url, {
      onNotice: (words) => notices.push(words),
      patience: 0.5,
    }).then(
      () => new Error('opened'),
      (thrown) => thrown as Error,
    );
    expect(error).toMatchObject({ code: 'E_NETWORK', message: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify([notices, error, error.stack, error.cause])).not.toContain('geheim');
  },
);
