import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import type { Site } from './lab-page.ts';

export interface ServeOptions {
  /** Of 127.0.0.1; by default {@link FIRST_PORT} or the next that is free. */
  port?: number | undefined;
  /** Ends it. */
  signal?: AbortSignal;
}

/** What a browser keeps belongs to an address with its port: the same one each time finds it again. */
const FIRST_PORT = 4180;
const TRIED = 20;
const HOST = '127.0.0.1';
const NAMES = new Set([HOST, 'localhost']);
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};
const HEADERS = {
  // Several threads need these two.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

/**
 * Serves a site's files, and nothing else, to this computer alone.
 *
 * @throws `E_IO` where the port, or all that were tried, is taken or refused.
 */
export async function serveSite(
  site: Site,
  { port, signal }: ServeOptions = {},
): Promise<{ readonly origin: string; readonly closed: Promise<void> }> {
  const server = createServer((request, response) => answer(site, request, response));
  const ports = port === undefined ? Array.from({ length: TRIED }, (_, i) => FIRST_PORT + i) : [port];
  await listen(server, ports);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return { origin: `http://${HOST}:${(server.address() as AddressInfo).port}`, closed };
}

async function listen(server: Server, ports: readonly number[]): Promise<void> {
  let refusal: NodeJS.ErrnoException | undefined;
  for (const port of ports) {
    refusal = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(port, HOST, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!refusal) return;
    if (refusal.code !== 'EADDRINUSE' && refusal.code !== 'EACCES') break;
  }
  const which = ports.length === 1 ? `port ${ports[0]}` : `a port from ${ports[0]} to ${ports.at(-1)}`;
  throw new LatentkitError('E_IO', `cannot serve on ${which} of ${HOST}: ${refusal?.message}`, {
    fix: 'Choose another with --port',
    cause: refusal,
  });
}

function answer(site: Site, { method, url = '/', headers }: IncomingMessage, response: ServerResponse): void {
  const end = (status: number, words: string) =>
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(words);
  // A page elsewhere whose name leads here must not read a person's run.
  if (!NAMES.has((headers.host ?? '').replace(/:\d+$/, '')))
    return void end(421, 'this is for this computer alone\n');
  if (method !== 'GET' && method !== 'HEAD') return void end(405, 'only GET and HEAD\n');
  const path = pathOf(url);
  const bytes = path === undefined ? undefined : site.get(path);
  if (path === undefined || !bytes) return void end(404, 'there is no such file\n');
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-length': bytes.length });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** A file's address as the site knows it; undefined for what is no address. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, `http://${HOST}`).pathname).slice(1) || 'index.html';
  } catch {
    return undefined;
  }
}
