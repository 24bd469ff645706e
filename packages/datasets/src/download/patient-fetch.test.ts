import { describe, expect, it } from 'vitest';
import { never, recordPauses } from '../testing/waits.ts';
import { patientFetch, type Wait, waitFor } from './patient-fetch.ts';

const silent: typeof fetch = () => new Promise(() => {});
const answering =
  (...answers: Response[]): typeof fetch =>
  async () =>
    answers.shift()!;
const busy = (retryAfter?: string) =>
  new Response('later', {
    status: 503,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  });

/** Time stands still but for the n-th wait, which is over at once. */
function runsOutAt(call: number): Wait {
  let calls = 0;
  return (...args) => (calls++ === call ? Promise.resolve() : never(...args));
}

describe('patientFetch', () => {
  it('gives up when no answer comes, and lets the connection go', async () => {
    let handed: AbortSignal | null | undefined;
    const fetch: typeof globalThis.fetch = (_, init) => {
      handed = init?.signal;
      return silent('');
    };
    const asked = patientFetch('http://a.test/', { fetch, idleSeconds: 30, wait: runsOutAt(0) });
    await expect(asked).rejects.toMatchObject({ code: 'E_NETWORK', message: 'nothing came for 30 s' });
    expect(handed?.aborted).toBe(true);
  });

  it('gives up when bytes stop coming, and waits anew for each of them', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Uint8Array.of(1));
        controller.enqueue(Uint8Array.of(2));
      },
    });
    const fetch = answering(new Response(body));
    const { read } = await patientFetch('http://a.test/', { fetch, idleSeconds: 5, wait: runsOutAt(3) });
    expect(await read()).toEqual(Uint8Array.of(1));
    expect(await read()).toEqual(Uint8Array.of(2));
    await expect(read()).rejects.toThrow('nothing came for 5 s');
  });

  it('asks a busy server again, with longer and longer pauses', async () => {
    const { wait, pauses } = recordPauses();
    const options = { fetch: answering(busy(), busy(), busy(), new Response('here')), idleSeconds: 30, wait };
    const { response, read } = await patientFetch('http://a.test/', options);
    expect([response.status, pauses]).toEqual([200, [1000, 2000, 4000]]);
    expect(new TextDecoder().decode(await read())).toBe('here');
    expect(await read()).toBeUndefined();
  });

  it('hands on that a server stays busy, or asks for a long pause', async () => {
    const { wait, pauses } = recordPauses();
    const ask = (...answers: Response[]) =>
      patientFetch('http://a.test/', { fetch: answering(...answers), idleSeconds: 30, wait });
    expect((await ask(busy(), busy(), busy(), busy())).response.status).toBe(503);
    expect((await ask(busy('3600'))).response.status).toBe(503);
    expect(pauses).toEqual([1000, 2000, 4000]);
    await ask(busy('7'), busy('Wed, 21 Oct 2015 07:28:00 GMT'), new Response(''));
    expect(pauses.slice(3)).toEqual([7000, 2000]);
  });

  it('stops for the signal, in a request and in a pause', async () => {
    for (const fetch of [silent, answering(busy())]) {
      const stop = new AbortController();
      const wait: Wait = (milliseconds, signal) => {
        queueMicrotask(() => stop.abort(new Error('enough')));
        return never(milliseconds, signal);
      };
      const listening: typeof fetch = (url, init) =>
        Promise.race([fetch(url, init), never(0, init!.signal!) as Promise<never>]);
      const options = { fetch: listening, idleSeconds: 30, wait, signal: stop.signal };
      await expect(patientFetch('http://a.test/', options)).rejects.toThrow('enough');
    }
  });
});

it('waitFor ends when it is told to, or has been', async () => {
  await waitFor(0, new AbortController().signal);
  const stop = new AbortController();
  const waiting = waitFor(60_000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(waitFor(60_000, stop.signal)).rejects.toThrow('enough');
});
