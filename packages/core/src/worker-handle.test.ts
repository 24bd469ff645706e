import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { handleOf, nodeThreads, openWorkerPort } from './worker-handle.ts';

const { Worker: NodeWorker } = nodeThreads()!;

/** A thread of this program. */
function threadOf(program: string) {
  return new NodeWorker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), { execArgv: [] });
}
const ECHO = `import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (value) => parentPort.postMessage(value));`;

/** The first event of a worker, and its handle. */
function firstOf(worker: Parameters<typeof handleOf>[0]) {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const handle = handleOf<unknown, unknown>(worker, {
    message: resolve,
    died: (reason) => resolve({ died: reason }),
  });
  return { handle, event: promise };
}

describe('a worker of Node', () => {
  it('is sent messages, and moved buffers are gone here', async () => {
    const { handle, event } = firstOf(threadOf(ECHO));
    handle.keepAlive(true);
    const { buffer } = Float32Array.of(1, 2);
    handle.post({ buffer }, [buffer]);
    expect(buffer.byteLength).toBe(0);
    const { buffer: back } = (await event) as { buffer: ArrayBuffer };
    expect(new Float32Array(back)).toEqual(Float32Array.of(1, 2));
    handle.end();
  });

  it.each([
    ['throws', "throw new Error('no more');", 'no more'],
    ['exits', 'process.exit(3);', 'it exited with code 3'],
  ])('that %s has died, and says of what', async (_, program, died) => {
    const { handle, event } = firstOf(threadOf(program));
    handle.keepAlive(true);
    expect(await event).toEqual({ died });
  });

  it('whose answer cannot be read has died: nobody waits for it', async () => {
    // Node fails to read a message only in rare ways that no test can bring about, so the event comes from here.
    const silent = Object.assign(new EventEmitter(), { unref() {} });
    const { event } = firstOf(silent as never);
    silent.emit('messageerror', new Error('unknown object'));
    expect(await event).toEqual({ died: 'an answer could not be read: unknown object' });
  });
});

describe('a Web Worker', () => {
  const page = () => Object.assign(new EventTarget(), { postMessage: vi.fn(), terminate: vi.fn() });

  it.each([
    [new MessageEvent('message', { data: 7 }), 7],
    [new MessageEvent('messageerror'), { died: 'an answer could not be read' }],
    [Object.assign(new Event('error'), { message: 'no more' }), { died: 'no more' }],
    [new Event('error'), { died: expect.stringMatching(/^its file could not be loaded; .*worker-src/) }],
  ])('gives its events the same way', async (happens, expected) => {
    const worker = page();
    const { event } = firstOf(worker as unknown as Worker);
    worker.dispatchEvent(happens);
    expect(await event).toEqual(expected);
  });

  it('is posted to and ended', () => {
    const worker = page();
    const { handle } = firstOf(worker as unknown as Worker);
    const buffer = new ArrayBuffer(4);
    handle.post({ buffer }, [buffer]);
    handle.end();
    expect(worker.postMessage).toHaveBeenCalledWith({ buffer }, [buffer]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });
});

it('the port of a program that no worker runs is that of a page', () => {
  const scope = { postMessage: vi.fn(), addEventListener: vi.fn() };
  vi.stubGlobal('postMessage', scope.postMessage);
  vi.stubGlobal('process', undefined);
  try {
    openWorkerPort<string, never>().post('ready');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(scope.postMessage).toHaveBeenCalledWith('ready', []);
});
