import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Site } from './lab-page.ts';
import { serveSite } from './serve-site.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const SITE: Site = new Map([
  ['index.html', bytes('page')],
  ['run/config.json', bytes('{}')],
]);

const stop = new AbortController();
let origin: string;
let closed: Promise<void>;
beforeAll(async () => {
  ({ origin, closed } = await serveSite(SITE, { signal: stop.signal }));
});
afterAll(async () => {
  stop.abort();
  await closed;
});

test('gives its files with what threads need, and nothing else', async () => {
  const page = await fetch(`${origin}/`);
  expect({ status: page.status, text: await page.text() }).toEqual({ status: 200, text: 'page' });
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
  });
  expect(await (await fetch(`${origin}/run/config.json?x=1`)).json()).toEqual({});
  for (const path of ['/package.json', '/../package.json', '/%2e%2e/package.json', '/%', '/run/', '//']) {
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  }
  expect((await fetch(`${origin}/`, { method: 'POST' })).status).toBe(405);
  const head = await fetch(`${origin}/`, { method: 'HEAD' });
  expect({ length: head.headers.get('content-length'), text: await head.text() }).toEqual({
    length: '4',
    text: '',
  });
});

test('answers this computer alone, however a name elsewhere leads here', async () => {
  const statusFor = (host: string) =>
    new Promise<number>((resolve, reject) => {
      request(`${origin}/run/config.json`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      })
        .on('error', reject)
        .end();
    });
  expect(await statusFor('evil.example')).toBe(421);
  expect(await statusFor('localhost:1')).toBe(200);
});

test('takes the next port where one is taken, and none but the one that was asked for', async () => {
  const own = new AbortController();
  const other = await serveSite(SITE, { signal: own.signal });
  expect(other.origin).not.toBe(origin);
  own.abort();
  await other.closed;
  const port = Number(new URL(origin).port);
  await expect(serveSite(SITE, { port })).rejects.toMatchObject({
    code: 'E_IO',
    message: expect.stringContaining('Choose another with --port'),
  });
});
