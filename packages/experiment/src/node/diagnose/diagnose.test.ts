import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { whyNotFused } from '@latentkit/kernels/nn-fused';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { collect } from '../../testing/collect.ts';
import { tempDirectory } from '../../testing/temp-directory.ts';
import { diagnose } from './diagnose.ts';
import { judgeNode } from './engine-checks.ts';
import type { Finding } from './finding.ts';

const root = tempDirectory();
afterEach(() => void vi.unstubAllEnvs().restoreAllMocks());

async function find(name: string, options: Parameters<typeof diagnose>[0] = {}): Promise<Finding> {
  const findings = await collect(diagnose({ probe: false, folder: root, ...options }));
  return findings.find((one) => one.name === name)!;
}

it('finds what a machine that runs this test has', async () => {
  const findings = await collect(diagnose({ folder: root }));
  expect(findings.map(({ name }) => name)).toEqual([
    ...['node', 'processor', 'simd', 'threads', 'revectorization', 'fused', 'datasets', 'disk', 'speed'],
  ]);
  expect(findings.filter(({ status }) => status === 'missing')).toEqual([]);
  const values = Object.fromEntries(findings.map((one) => [one.name, one.values]));
  expect(values.node).toMatchObject({ version: process.versions.node, supported: true });
  expect(values.processor!.cores).toBe(availableParallelism());
  expect(values.simd).toEqual({ available: true });
  expect(values.fused).toEqual({ available: whyNotFused() === undefined });
  expect(values.speed!.imagesPerSecond).toBeGreaterThan(100);
});

it.each([
  ['22.12.0', 'ok'],
  ['24.1.0', 'ok'],
  ['22.11.9', 'missing'],
  ['20.19.0', 'missing'],
])('Node %s is %s where 22.12 is needed', (version, status) => {
  expect(judgeNode(version, '22.12', '1.0.0').status).toBe(status);
});

it('says how to widen SIMD where somebody turned it off', async () => {
  vi.stubEnv('LATENTKIT_REVECTORIZE', '0');
  expect(await find('revectorization')).toMatchObject({
    status: 'note',
    fix: expect.stringContaining('Unset it'),
  });
});

it('says why sums are not fused where they cannot be', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(await find('fused')).toMatchObject({
    status: 'ok',
    text: 'no --arithmetic fused: this engine has no relaxed SIMD',
    values: { available: false },
  });
});

it('counts the datasets that are whole in the cache', async () => {
  const cache = join(root, 'cache');
  vi.stubEnv('LATENTKIT_CACHE', cache);
  expect((await find('datasets')).text).toBe(
    `none downloaded yet; they go to ${cache}; digits are drawn by code`,
  );
  mkdirSync(join(cache, 'mnist'), { recursive: true });
  const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
  for (const name of names.slice(1))
    writeFileSync(join(cache, 'mnist', `${name}-ubyte.gz`), Buffer.alloc(1e6));
  expect((await find('datasets')).text).toMatch(/^none downloaded yet/);
  writeFileSync(join(cache, 'mnist', `${names[0]}-ubyte.gz`), Buffer.alloc(5e5));
  expect(await find('datasets')).toMatchObject({
    text: `mnist (3.5 MB) in ${cache}; digits are drawn by code`,
    values: { cache, mnist: 3.5e6 },
  });
});

describe('a folder for runs', () => {
  it('may be one that is not there yet', async () => {
    const { status, values } = await find('disk', { folder: join(root, 'a', 'b') });
    expect(status).not.toBe('missing');
    expect(values.free).toBeGreaterThan(0);
  });

  it('is missing where nothing may be written', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may write everywhere');
    const folder = join(root, 'closed');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    expect(await find('disk', { folder })).toMatchObject({
      status: 'missing',
      fix: expect.stringContaining('--out'),
    });
  });
});

it('stops when asked to', async () => {
  const signal = AbortSignal.abort();
  await expect(collect(diagnose({ signal }))).rejects.toBe(signal.reason);
});

it('an option that nobody knows is refused', async () => {
  await expect(collect(diagnose({ prob: false } as never))).rejects.toMatchObject({ code: 'E_CONFIG' });
});
