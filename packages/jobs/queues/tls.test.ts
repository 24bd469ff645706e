// Servers that speak TLS alone, with certificates that the test makes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TlsOptions } from '../src/node/bull/open-options.ts';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { makeCertificates } from '../src/testing/make-certificates.ts';
import { SERVERS, type TestServer } from '../src/testing/servers.ts';
import { collectOutcomes, TINY_JOBS, tinyJob } from '../src/testing/tiny-job.ts';
import { LIMIT } from './start-worker.ts';

describe.each(SERVERS.filter(({ missing }) => !missing))(
  '$name by TLS',
  { timeout: LIMIT },
  ({ name, open }) => {
    const folder = mkdtempSync(join(tmpdir(), 'latentkit-tls-'));
    const files = makeCertificates(folder);
    const pem = (path: string) => readFileSync(path, 'utf8');
    const tls = { ca: pem(files.ca), cert: pem(files.cert), key: pem(files.key) };
    let server: TestServer;
    let made = 0;
    beforeAll(async () => {
      server = await open({ tls: files });
    });
    afterAll(async () => {
      await server?.end();
      rmSync(folder, { recursive: true, force: true });
    });

    /** What comes of a job: work and results, each by connections of their own. */
    async function tryJob(url: string, given?: TlsOptions): Promise<string> {
      const queue = await openJobQueue(url, { patience: 120, ...(given && { tls: given }) });
      const working = queue.work({ program: TINY_JOBS, folder: join(folder, 'jobs') });
      const ids = await queue.enqueue([tinyJob('square', { of: made++ })]);
      const [outcome] = await collectOutcomes(queue.results(ids));
      await queue.close();
      await working;
      return outcome!.state;
    }
    const withMode = (mode: string) => `${server.url}?sslmode=${mode}`;

    it('does jobs for who knows its authority', async () => {
      expect(await tryJob(server.url, tls)).toBe('done');
    });

    it('is not believed by who does not, and the error has no password', async () => {
      const url = name === 'Redis' ? server.url : withMode('verify-full');
      const { ca: _, ...without } = tls;
      const refused = tryJob(url, name === 'Redis' ? without : undefined);
      await expect(refused).rejects.toMatchObject({
        code: 'E_NETWORK',
        message: expect.stringMatching(/certificate/),
      });
      await expect(refused).rejects.not.toThrow(decodeURIComponent(new URL(server.url).password));
    });

    it('of another name is not believed either', async () => {
      await expect(tryJob(server.url, { ...tls, servername: 'queue.example' })).rejects.toMatchObject({
        code: 'E_NETWORK',
      });
    });

    if (name === 'Redis') {
      it('that asks for certificates takes no client without', async () => {
        await expect(tryJob(server.url, { ca: tls.ca })).rejects.toMatchObject({ code: 'E_NETWORK' });
      });
      return;
    }

    it('is spoken to as sslmode says', async () => {
      expect(await tryJob(`${withMode('verify-full')}&sslrootcert=${files.ca}`)).toBe('done');
      expect(await tryJob(withMode('no-verify'))).toBe('done');
      // As verify-full: a connection that anybody could answer is none.
      await expect(tryJob(withMode('require'))).rejects.toMatchObject({ code: 'E_NETWORK' });
      await expect(tryJob(withMode('disable'))).rejects.toMatchObject({ code: 'E_NETWORK' });
    });

    it('is verified by the authority that is given, whatever sslmode says beside', async () => {
      expect(await tryJob(withMode('require'), tls)).toBe('done');
      const others = makeCertificates(mkdtempSync(join(folder, 'others-')));
      await expect(tryJob(withMode('no-verify'), { ca: pem(others.ca) })).rejects.toMatchObject({
        code: 'E_NETWORK',
      });
    });
  },
);
