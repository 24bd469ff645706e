import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ run: {} });
const IMAGES = 50;
const images = encodeNpy({
  shape: [IMAGES, 28, 28, 1],
  data: Uint8Array.from({ length: IMAGES * 784 }, (_, i) => (i * 7 + (i >> 5)) % 256),
});
const read = (...path: string[]) => readFileSync(join(cwd, ...path));
const codesOf = (folder: string, more: readonly string[] = []) =>
  ['means.npy', 'log-variances.npy', ...more].map((name) => read(folder, name));
const DECODED = 'reconstructions.npy';

const manifestOf = (folder: string) => JSON.parse(read(folder, 'manifest.json').toString());

beforeAll(async () => {
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'data', 'images.npy'), images);
  const whole = ['--format', 'npy', '--reconstructions', '--out', 'whole'];
  await runHere(['encode', 'run', '--data', 'data/images.npy', ...whole], { cwd });
});

const encodeShards = (out: string, ...words: string[]) =>
  runHere(['encode', 'run', '--data', 'data/images.npy', '--workers', '1', '--out', out, ...words], { cwd });

test('shards of any number are joined to the bytes of one piece, and a manifest says what is where', async () => {
  const { code, stdout, stderr } = await encodeShards(
    ...(['joined', '--shards', '3', '--json', '--reconstructions'] as const),
  );
  expect(stderr).toContain('codes of 50');
  expect(code).toBe(0);
  expect(codesOf('joined', [DECODED])).toEqual(codesOf('whole', [DECODED]));
  expect(JSON.parse(stdout)).toMatchObject({ run: 'run', rows: 50 });
  expect(readdirSync(join(cwd, 'joined')).sort()).toEqual([
    'log-variances.npy',
    'manifest.json',
    'means.npy',
    DECODED,
  ]);
  expect(manifestOf('joined').parts).toEqual([
    { first: 0, rows: 16 },
    { first: 16, rows: 17 },
    { first: 33, rows: 17 },
  ]);
});

test('parts that a scheduler made one by one are joined without being made again', async () => {
  for (const shard of ['1/2', '0/2']) {
    const { code, stdout } = await encodeShards('array', '--shard', shard);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^array\/parts\/[0-9a-f]{64}\/run\n$/);
  }
  const [first, second] = readdirSync(join(cwd, 'array', 'parts')).map((id) =>
    join(cwd, 'array', 'parts', id),
  );
  const left = () => readdirSync(join(cwd, 'array'));
  // A copy in another's place, and a flipped bit: neither is joined, and nothing of a join is left.
  const means = join(second!, 'run', 'means.npy');
  const whole = readFileSync(means);
  const damaged = Uint8Array.from(whole);
  damaged[damaged.length - 1]! ^= 1;
  writeFileSync(means, damaged);
  const flipped = await encodeShards('array', '--shards', '2');
  expect(flipped).toMatchObject({ code: 1, stderr: expect.stringContaining('is not what its job wrote') });
  expect(left()).toEqual(['parts']);
  writeFileSync(means, whole);
  const own = readFileSync(join(second!, 'run', 'result.json'));
  cpSync(join(first!, 'run', 'result.json'), join(second!, 'run', 'result.json'));
  const swapped = await encodeShards('array', '--shards', '2');
  expect(swapped).toMatchObject({ code: 1, stderr: expect.stringContaining('is the result of job') });
  expect(left()).toEqual(['parts']);
  writeFileSync(join(second!, 'run', 'result.json'), own);

  const { code } = await encodeShards('array', '--shards', '2');
  expect(code).toBe(0);
  expect(codesOf('array')).toEqual(codesOf('whole'));
});

/** A server of one file, which answers ranges as object stores do, to those who have the key. */
async function serveRanges(file: Uint8Array, isAllowed: (authorization: string | undefined) => boolean) {
  const ranges: string[] = [];
  const server = createServer(({ headers: { range = '', authorization } }, response) => {
    if (!isAllowed(authorization)) return void response.writeHead(403).end();
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range)!.map(Number) as [number, number, number];
    const end = Math.min(to + 1, file.length);
    ranges.push(range);
    const headers = { 'content-range': `bytes ${from}-${end - 1}/${file.length}`, etag: '"v1"' };
    response.writeHead(206, headers).end(file.subarray(from, end));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ranges };
}

test('of data behind an address each shard fetches its rows alone', async () => {
  const { url, ranges } = await serveRanges(images, () => true);
  const address = `${url}/images.npy?signature=secret`;
  const { code, stderr } = await runHere(
    ['encode', 'run', '--data', address, '--shards', '2', '--workers', '1', '--out', 'fetched'],
    { cwd },
  );
  expect(stderr).not.toContain('secret');
  expect(code).toBe(0);
  expect(codesOf('fetched')).toEqual(codesOf('whole'));
  const offset = images.length - IMAGES * 784;
  expect(ranges).toContain(`bytes=${offset + 25 * 784}-${offset + 50 * 784 - 1}`);
});

test('objects of a store are fetched with the keys of the environment, and parts of Parquet stay apart', async () => {
  const { url } = await serveRanges(images, (said = '') => said.includes('Credential=id/'));
  const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'hush' };
  const words = ['encode', 'run', '--data', 's3://bucket/images.npy', '--shards', '2', '--workers', '1'];
  const stored = [...words, '--format', 'parquet', '--out', 'stored'];
  const { code, stdout } = await runHere(stored, { cwd, env });
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'stored/part-00000-of-00002.parquet',
    'stored/part-00001-of-00002.parquet',
  ]);
  expect(manifestOf('stored').parts).toMatchObject([
    { first: 0, rows: 25, file: 'part-00000-of-00002.parquet' },
    { first: 25, rows: 25, file: 'part-00001-of-00002.parquet' },
  ]);
  expect(read('stored', 'part-00001-of-00002.parquet').subarray(0, 4).toString()).toBe('PAR1');
  const refused = await runHere([...words, '--out', 'refused'], { cwd, env: { AWS_ENDPOINT_URL: url } });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('the server says 403');
});

test.each([
  [['--shards', '3'], 'shards are written into a folder'],
  [['--shards', '3', '--out', 'x', '--format', 'csv'], 'npy or parquet'],
  [['--shards', '3', '--shard', '0/3', '--out', 'x'], 'Give one of them'],
  [['--shards', '3', '--out', 'x', '--queue', 'redis://127.0.0.1:1'], '--store'],
  [['--shard', '3/3', '--out', 'x'], '0 <= i < n'],
  [['--shards', '1e9', '--out', 'x'], 'at most 100,000 parts'],
  [['--shard', '1/1000000000', '--out', 'x'], 'at most 100,000 parts'],
  [['--shards', '51', '--out', 'x'], 'at most 50 shards of 50 images, got 51. Ask for fewer'],
  [['--shards', '2', '--out', 'run/config.json'], 'it is a file'],
  [['--shards', '2', '--out', 'x', '--store', 'run/config.json'], 'is in the way of a folder'],
  [['--shards', '2', '--out', 'x', '--labels', 'data/none.npy'], 'there is no data/none.npy'],
  [['--children', '2'], '--children goes with work in parts'],
  [['--shards', '3', '--out', 'x', '--reconstructions', '--format', 'parquet'], 'Give --format npy'],
])('encode %j says what is wrong', async (words, said) => {
  onTestFinished(() => rmSync(join(cwd, 'x'), { recursive: true, force: true }));
  const { code, stderr } = await runHere(['encode', 'run', '--data', 'data/images.npy', ...words], { cwd });
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain('    at ');
});

test('a worker without a queue, and with one that nobody serves, says so without the password', async () => {
  const none = await runHere(['worker', '--store', 'x'], { cwd });
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no queue') });
  const wrong = await runHere(['worker', '--store', 'x', '--queue', 'mysql://me:geheim@host'], { cwd });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).not.toContain('geheim');
});

test('names that lead out of the folders that a worker allows are refused', async () => {
  const { findAllowed, checkAllowedUrl } = await import('../jobs/allowed.ts');
  symlinkSync('/etc', join(cwd, 'data', 'link'));
  onTestFinished(() => rmSync(join(cwd, 'data', 'link')));
  const folder = join(cwd, 'data');
  for (const name of [
    '../run',
    '/etc/passwd',
    'a/../../run',
    '..',
    '.',
    '',
    'a\0b',
    'a\\b',
    'link/passwd',
    'link',
  ]) {
    await expect(findAllowed(folder, name, '--data-dir'), name).rejects.toMatchObject({ code: 'E_USAGE' });
  }
  await expect(findAllowed(folder, 'absent', '--data-dir')).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  await expect(findAllowed(undefined, 'images.npy', '--data-dir')).rejects.toMatchObject({ code: 'E_USAGE' });
  const allowed = ['https://host/set'];
  expect(checkAllowedUrl(allowed, 'https://host/set/a.npy')).toBe('https://host/set/a.npy');
  for (const url of [
    'https://host.evil/set/a',
    'http://host/set/a',
    'https://host/settings',
    'https://host/set/../a',
    's3://x/y',
  ]) {
    expect(() => checkAllowedUrl(allowed, url), url).toThrow(/fetches nothing from/);
  }
});
