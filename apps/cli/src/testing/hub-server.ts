import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const LARGE = /\.(?:safetensors|onnx|keras|png)$/;
const TOKEN = 'hf_test';

export interface HubServer {
  readonly url: string;
  readonly token: string;
  /** By repository, its files by path. */
  readonly repositories: Map<string, Map<string, Buffer>>;
  /** Paths that are given with a bit turned. */
  readonly damaged: Set<string>;
  /** Visibility that was asked for, by repository. */
  readonly visibility: Map<string, string | undefined>;
}

/** As much of the Hub as its package asks of it in sending and fetching files, on loopback, until the test is over. */
export async function startHubServer(): Promise<HubServer> {
  const repositories: HubServer['repositories'] = new Map();
  const visibility: HubServer['visibility'] = new Map();
  const damaged = new Set<string>();
  const stored = new Map<string, Buffer>();
  let url = '';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, url);
    const body = await buffer(request);
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const asked = (pattern: RegExp) =>
      pattern.exec(decodeURIComponent(pathname))?.slice(1) as string[] | undefined;
    if (request.method === 'POST' || request.method === 'PUT') {
      const [hash] = asked(/^\/upload\/(\w+)$/) ?? [];
      if (hash !== undefined) {
        stored.set(hash, body);
        return void response.writeHead(200).end();
      }
      if (request.headers.authorization !== `Bearer ${TOKEN}`)
        return void json({ error: 'Invalid token' }, 401);
    }
    if (pathname === '/api/repos/create') {
      const { organization, name, visibility: wanted } = JSON.parse(String(body));
      const repository = `${organization}/${name}`;
      if (repositories.has(repository)) return void json({ error: 'You already created it' }, 409);
      repositories.set(repository, new Map());
      visibility.set(repository, wanted);
      return void json({ url: `${url}/${repository}`, id: repository });
    }
    const [preupload] = asked(/^\/api\/models\/(.+)\/preupload\/main$/) ?? [];
    if (preupload !== undefined) {
      const files = JSON.parse(String(body)).files as { path: string }[];
      const modeOf = (path: string) => (LARGE.test(path) ? 'lfs' : 'regular');
      return void json({ files: files.map(({ path }) => ({ path, uploadMode: modeOf(path) })) });
    }
    if (asked(/^\/(.+)\.git\/info\/lfs\/objects\/batch$/)) {
      const objects = JSON.parse(String(body)).objects as { oid: string; size: number }[];
      const actionsOf = (oid: string) => ({ upload: { href: `${url}/upload/${oid}` } });
      return void json({
        ...{ transfer: 'basic' },
        objects: objects.map(({ oid, size }) => ({ oid, size, actions: actionsOf(oid) })),
      });
    }
    const [committed] = asked(/^\/api\/models\/(.+)\/commit\/main$/) ?? [];
    if (committed !== undefined) {
      const files = repositories.get(committed)!;
      for (const line of String(body).split('\n').filter(Boolean)) {
        const { key, value } = JSON.parse(line);
        if (key === 'file') files.set(value.path, Buffer.from(value.content, value.encoding));
        if (key === 'lfsFile') files.set(value.path, stored.get(value.oid)!);
      }
      return void json({
        commitOid: 'abc123',
        commitUrl: `${url}/${committed}/commit/abc123`,
        hookOutput: '',
      });
    }
    const [listed] = asked(/^\/api\/models\/(.+)\/tree\/main$/) ?? [];
    if (listed !== undefined) {
      const files = repositories.get(listed);
      if (!files) return void json({ error: 'Repository not found' }, 404);
      const rows = [...files].map(([path, content]) => ({
        ...{ type: 'file', path, size: content.length, oid: 'git' },
        ...(LARGE.test(path) && {
          lfs: {
            oid: createHash('sha256').update(content).digest('hex'),
            size: content.length,
            pointerSize: 130,
          },
        }),
      }));
      return void json(rows);
    }
    const [repository, path] = asked(/^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/) ?? [];
    const content = repository !== undefined && repositories.get(repository)?.get(path!);
    if (!content) return void json({ error: 'not there' }, 404);
    const given = Buffer.from(content);
    if (damaged.has(path!)) given[given.length >> 1]! ^= 1;
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const part =
      first === undefined ? given : given.subarray(Number(first), last ? Number(last) + 1 : undefined);
    response
      .writeHead(first === undefined ? 200 : 206, {
        ...{ etag: '"1"', 'content-type': 'application/octet-stream', 'content-length': part.length },
        'content-range': `bytes ${first ?? 0}-${last || given.length - 1}/${given.length}`,
      })
      .end(part);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, token: TOKEN, repositories, damaged, visibility };
}
