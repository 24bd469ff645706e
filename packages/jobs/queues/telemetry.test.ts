// Traces of jobs as OpenTelemetry's own SDK gets them.
import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJobQueue } from '../src/node/open-job-queue.ts';
import { SERVERS, type TestServer } from '../src/testing/servers.ts';
import { temporaryFolder } from '../src/testing/temporary-folder.ts';
import { collectOutcomes, TINY_JOBS, tinyJob } from '../src/testing/tiny-job.ts';
import { LIMIT } from './start-worker.ts';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

describe.each(SERVERS.filter(({ missing }) => !missing))('$name', { timeout: LIMIT }, ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    provider.register();
    server = await open();
  });
  afterAll(async () => {
    for (const api of [trace, context, propagation]) api.disable();
    await server?.end();
  });

  it('a job is one trace, from who hands it in to the worker that does it, and names the job', async () => {
    exporter.reset();
    const queue = await openJobQueue(server.url, { telemetry: true, patience: 120 });
    const working = queue.work({ program: TINY_JOBS, folder: temporaryFolder() });
    const [id] = await queue.enqueue([tinyJob('square', { of: 12 })]);
    await collectOutcomes(queue.results([id!]));
    await queue.close();
    await working;
    const spans = exporter.getFinishedSpans();
    const done = spans.find(({ attributes }) => attributes['bullmq.job.id'] === id)!;
    expect(done, spans.map(({ name }) => name).join(', ')).toBeDefined();
    const handedIn = spans.find(({ name }) => name.startsWith('addBulk'))!;
    expect(done.spanContext().traceId).toBe(handedIn.spanContext().traceId);
    expect(JSON.stringify(spans.map(({ attributes, name }) => [name, attributes]))).not.toContain(
      new URL(server.url).password,
    );
  });
});
