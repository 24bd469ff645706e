import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ServedRequest {
  readonly path: string;
  readonly range: string | undefined;
}

export interface FileServer {
  /** Ends in a slash. */
  readonly url: string;
  readonly requests: ServedRequest[];
}

export interface ServeOptions {
  /** Answers a request in another way than whole or by range; `true` when it did. */
  respond?: (request: IncomingMessage, response: ServerResponse, file: Uint8Array) => boolean;
}

/** For a test: a server on loopback, up to the test's end, that hands out files by path and ranges of them. */
export async function serveFiles(
  files: Readonly<Record<string, Uint8Array>>,
  { respond = () => false }: ServeOptions = {},
): Promise<FileServer> {
  const requests: ServedRequest[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    requests.push({ path, range: request.headers.range });
    const file = files[path];
    if (file === undefined) {
      response.writeHead(404).end();
    } else if (!respond(request, response, file)) {
      answer(request.headers.range, response, file);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${port}/`, requests };
}

function answer(range: string | undefined, response: ServerResponse, file: Uint8Array): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  if (range === undefined) {
    response.writeHead(200, { 'content-length': file.length }).end(file);
  } else if (from >= file.length) {
    response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
  } else {
    const headers = { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` };
    response.writeHead(206, headers).end(file.subarray(from));
  }
}

/** Promises the whole file, sends its first bytes, and hangs up. */
export function cutAfter(bytes: number, response: ServerResponse, file: Uint8Array): void {
  response.writeHead(200, { 'content-length': file.length });
  response.write(file.subarray(0, bytes), () => response.destroy());
}
