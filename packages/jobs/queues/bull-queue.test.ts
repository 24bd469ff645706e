import { afterAll, describe, it } from 'vitest';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { describeJobQueue } from '../src/testing/describe-job-queue.ts';
import { SERVERS, type TestServer } from '../src/testing/servers.ts';

for (const { name, missing, open } of SERVERS) {
  if (missing) {
    it.skip(`${name}: ${missing}`, () => {});
    continue;
  }
  describe(name, () => {
    let server: TestServer | undefined;
    afterAll(() => server?.end());
    describeJobQueue(`a queue on ${name}`, async () => {
      server = await open();
      return openJobQueue(server.url, { patience: 120 });
    });
  });
}
