// Hosts on a network that the test makes, and pulls a cable out of: what a wire in one process cannot show, kernels that know of no fault.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../src/job.ts';
import type { JobOutcome } from '../src/job-queue.ts';
import { jobRunFolder } from '../src/node/job-store.ts';
import { HOSTS_NETWORK, type Hosts, openHosts, whyNoHosts } from '../src/testing/open-hosts.ts';
import { SERVERS, type TestServer } from '../src/testing/servers.ts';
import { temporaryFolder } from '../src/testing/temporary-folder.ts';
import { chain, heldChain, isHeld, LIMIT, say, startWorker } from './start-worker.ts';

const CLIENT = fileURLToPath(new URL('./client.ts', import.meta.url));
const why = whyNoHosts();
if (why) say(`hosts are not tried: ${why}`);

for (const { name, missing, open } of SERVERS) {
  if (missing ?? why) {
    it.skip(`${name} among hosts: ${missing ?? why}`, () => {});
    continue;
  }
  describe(`${name} among hosts`, { timeout: LIMIT }, () => {
    let hosts: Hosts;
    let server: TestServer;
    beforeAll(async () => {
      hosts = openHosts(['server', 'desk', 'left', 'right']);
      server = await open({
        place: { address: hosts.addressOf('server'), on: hosts.on('server'), network: HOSTS_NETWORK },
      });
    });
    afterAll(async () => {
      await server?.end();
      hosts?.end();
    });

    /** Hands jobs in from the desk, and waits for their outcomes. */
    async function askFor(jobs: readonly Job[]): Promise<JobOutcome[]> {
      const words = [...hosts.on('desk'), process.execPath, CLIENT, server.url, JSON.stringify(jobs)];
      const client = spawn(words[0]!, words.slice(1), {
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: LIMIT,
      });
      const said = await text(client.stdout);
      return said
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as JobOutcome);
    }

    it('a worker whose cable is pulled in the middle: another one takes the job, and plugged in again it changes nothing', async () => {
      const folder = temporaryFolder();
      const left = startWorker(server.url, folder, { wrap: hosts.on('left') });
      const asked = askFor([heldChain(80)]);
      const { id } = await left.says(isHeld);
      hosts.unplug('left');
      const right = startWorker(server.url, folder, { wrap: hosts.on('right') });
      expect(await asked).toMatchObject([{ id, state: 'done', value: 6 }]);
      expect((await right.says(({ type }) => type === 'done')).id).toBe(id);
      const link = join(jobRunFolder(folder, id), 'link.txt');
      const [bytes, { ino, mtimeMs }] = [readFileSync(link, 'utf8'), statSync(link)];

      hosts.plug('left');
      // It hears that the job is another's, and takes jobs again.
      await left.says((event) => event.id === id && event.type !== 'progress' && event.type !== 'started');
      await askFor([81, 82, 83, 84].map((seed) => chain(seed)));
      await left.says((event) => event.id !== id && event.type === 'done');
      expect(readFileSync(link, 'utf8')).toBe(bytes);
      expect(statSync(link)).toMatchObject({ ino, mtimeMs });
      expect(readdirSync(join(folder, id)).filter((entry) => entry.startsWith('checkpoint'))).toEqual([]);
    });
  });
}
