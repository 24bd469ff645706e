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
    const images = {
      shape: [40, 28, 28, 1],
      data: Uint8Array.from({ length: 40 * 784 }, (_, i) => (i * i) % 251),
    };
    for (const folder of ['here', 'there']) {
      mkdirSync(join(cwd, folder));
      writeFileSync(join(cwd, folder, 'images.npy'), encodeNpy(images));
    }
    const { dataset: _, ...config } = SMALL_SWEEP.config;
    writeFileSync(
      join(cwd, 'sweep.json'),
      JSON.stringify({ ...SMALL_SWEEP, config, budget: { trials: 2, epochs: 2 } }),
    );
    const words = ['sweep', 'sweep.json', '--data', join('here', 'images.npy'), '--json', '--out'];
    const alone = await runCli([...words, 'alone'], { cwd });
    expect(alone).toMatchObject({ code: 0 });
    startWorker(server.url, ['--store', join(cwd, 'store'), '--data-dir', join(cwd, 'there')]);
    const env = { LATENTKIT_QUEUE: server.url };
    const shared = await runCli([...words, 'shared', '--store', 'store'], { cwd, env });
    expect(shared).toMatchObject({ code: 0 });
    expect(outcomesOf(shared.stdout)).toEqual(outcomesOf(alone.stdout));
    expect(sweepResults(join(cwd, 'shared'))).toEqual(sweepResults(join(cwd, 'alone')));
  });
});

const folder = mkdtempSync(join(tmpdir(), 'latentkit-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** The same sweep on this machine alone, once for all servers. */
let serial: Promise<{ outcomes: Row[]; results: string[] }> | undefined;
function doneAlone() {
  serial ??= sweepAlone();
  return serial;
}

async function sweepAlone() {
  writeFileSync(join(folder, 'sweep.json'), JSON.stringify(SWEEP));
  const { stdout } = await runCli(WORDS, { cwd: folder });
  const outcomes = outcomesOf(stdout);
  expect(outcomes.map(({ epochs }) => epochs)).toEqual([...Array(16).fill(1), ...Array(5).fill(3), 9]);
  return { outcomes, results: sweepResults(join(folder, 'sweep')) };
}
