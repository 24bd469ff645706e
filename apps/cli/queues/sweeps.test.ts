// A sweep on a queue is the sweep of one machine, whoever dies meanwhile.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVERS, type TestServer } from '../../../packages/jobs/src/testing/servers.ts';
import { runCli, temporaryFolder } from '../src/testing/run-cli.ts';
import { jsonRows } from '../src/testing/run-here.ts';
import { SMALL_SWEEP, sweepResults } from '../src/testing/small-sweep.ts';
import { LIMIT, startWorker } from './start-worker.ts';

const SWEEP = { ...SMALL_SWEEP, strategy: 'halving', budget: { trials: 16, epochs: 9 } };
const WORDS = ['sweep', 'sweep.json', '--out', 'sweep', '--json'];

interface Row {
  readonly trial: number;
  readonly epochs: number;
  readonly value: number;
}

/** What came of tasks, in the strategy's order: who was first does not count. */
const outcomesOf = (stdout: string): Row[] =>
  jsonRows(stdout).sort((a: Row, b: Row) => a.epochs - b.epochs || a.trial - b.trial);

for (const { name, missing } of SERVERS) if (missing) it.skip(`${name}: ${missing}`, () => {});

describe.each(SERVERS.filter(({ missing }) => !missing))('$name', { timeout: LIMIT }, ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server?.end());

  it('16 runs on two workers, one killed: the survivors, the table and the weights of one machine, to the byte', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'sweep.json'), JSON.stringify(SWEEP));
    // A folder of data is nothing to a dataset that is drawn.
    const words = ['--store', join(cwd, 'store'), '--lock-seconds', '2', '--data-dir', cwd];
    const [first, second] = [startWorker(server.url, words), startWorker(server.url, words)];
    const env = { LATENTKIT_QUEUE: server.url };
    const sweeping = runCli([...WORDS, '--store', 'store'], { cwd, env });
    await second.says(({ type }) => type === 'done');
    second.kill('SIGKILL');
    const { code, stdout, stderr } = await sweeping;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const alone = await doneAlone();
    expect(outcomesOf(stdout)).toEqual(alone.outcomes);
    expect(sweepResults(join(cwd, 'sweep'))).toEqual(alone.results);
    // Both took part: the one that lived did all that was left.
    const doneBy = (worker: typeof first) => worker.events.filter(({ type }) => type === 'done').length;
    expect(doneBy(second)).toBeGreaterThan(0);
    expect(doneBy(first)).toBeGreaterThan(doneBy(second));
  });

  it("data of one's own go by their names, and each worker has them in its own folder", async () => {
    const cwd = temporaryFolder();
    writeOwn(cwd, ['here', 'there']);
    startWorker(server.url, ['--store', join(cwd, 'store'), '--data-dir', join(cwd, 'there')]);
    const env = { LATENTKIT_QUEUE: server.url };
    const shared = await runCli([...OWN_WORDS, '--store', 'store'], { cwd, env });
    expect(shared).toMatchObject({ code: 0 });
    const alone = await ownAlone();
    expect(outcomesOf(shared.stdout)).toEqual(alone.outcomes);
    expect(sweepResults(join(cwd, 'sweep'))).toEqual(alone.results);
  });
});

const OWN_WORDS = [...WORDS, '--data', join('here', 'images.npy')];

/** A sweep on data of one's own, and the data, in some folders. */
function writeOwn(cwd: string, folders: readonly string[]): void {
  const data = Uint8Array.from({ length: 40 * 784 }, (_, i) => (i * i) % 251);
  for (const name of folders) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'images.npy'), encodeNpy({ shape: [40, 28, 28, 1], data }));
  }
  const { dataset: _, ...config } = SMALL_SWEEP.config;
  const sweep = { ...SMALL_SWEEP, config, budget: { trials: 2, epochs: 2 } };
  writeFileSync(join(cwd, 'sweep.json'), JSON.stringify(sweep));
}

/** The same sweeps on this machine alone, once for all servers. */
const doneAlone = once(async (cwd) => {
  writeFileSync(join(cwd, 'sweep.json'), JSON.stringify(SWEEP));
  const alone = await sweepAlone(cwd, WORDS);
  expect(alone.outcomes.map(({ epochs }) => epochs)).toEqual([...Array(16).fill(1), ...Array(5).fill(3), 9]);
  return alone;
});
const ownAlone = once(async (cwd) => {
  writeOwn(cwd, ['here']);
  return sweepAlone(cwd, OWN_WORDS);
});

async function sweepAlone(cwd: string, words: readonly string[]) {
  const { code, stdout, stderr } = await runCli(words, { cwd });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return { outcomes: outcomesOf(stdout), results: sweepResults(join(cwd, 'sweep')) };
}

function once<Result>(make: (cwd: string) => Promise<Result>): () => Promise<Result> {
  const cwd = mkdtempSync(join(tmpdir(), 'latentkit-cli-'));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make(cwd);
    return made;
  };
}
