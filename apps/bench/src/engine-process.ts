import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { LatentkitError } from '@latentkit/core';
import type { MeasureAnswer, Measured, MeasureRequest, ReadyMessage } from './protocol.ts';

/** How to start an engine. */
export interface EngineCommand {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

export interface EngineProcessOptions {
  signal?: AbortSignal;
  /** How long to wait for its first line, and for each answer. */
  timeoutMs: number;
}

/** An engine in a process of its own. One request at a time. */
export interface EngineProcess {
  readonly ready: ReadyMessage;
  /** False once it has died or was killed. */
  readonly alive: boolean;
  /**
   * Times of a row, and what it tells beside them.
   *
   * @throws `E_BACKEND` with the engine's own words, or how it died; the signal's reason when that is aborted.
   */
  measure(request: MeasureRequest): Promise<Measured>;
  /** Ends the process and waits for its end. */
  close(): Promise<void>;
}

const STDERR_KEPT = 4000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts an engine and waits until it is ready.
 *
 * @throws `E_BACKEND` when it cannot be started, dies, says that it cannot work, or is not ready in time.
 */
export async function startEngine(
  { command, args, env }: EngineCommand,
  { signal, timeoutMs }: EngineProcessOptions,
): Promise<EngineProcess> {
  signal?.throwIfAborted();
  const child = spawn(command, [...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Out of reach of the terminal's Ctrl-C, which is ours to hear; without us they end as their stdin closes.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const end = watchEnd(child);
  const lines = readMessages(child);
  const close = async () => {
    child.kill('SIGKILL');
    await end.settled;
  };
  const next = async () => {
    const { promise, dispose } = timeOrAbort(timeoutMs, signal);
    try {
      return await Promise.race([lines.next(), end.failure, promise]);
    } catch (error) {
      await close();
      signal?.throwIfAborted();
      throw error;
    } finally {
      dispose();
    }
  };
  const first = await next();
  if (!('ready' in first)) {
    await close();
    throw failure('error' in first ? first.error : 'its first line is no greeting');
  }
  return {
    ready: first,
    get alive() {
      return end.alive;
    },
    async measure(request) {
      if (!end.alive) throw failure('it has ended');
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const answer = await next();
      if ('error' in answer) throw failure(answer.error);
      if (!('ms' in answer)) throw failure('its answer holds no times');
      return answer;
    },
    close,
  };
}

type Message = ReadyMessage | MeasureAnswer;

/** A child's lines of JSON objects in order; others are chatter of its libraries. */
function readMessages(child: Child): { next(): Promise<Message> } {
  const waiting: ((message: Message) => void)[] = [];
  const arrived: Message[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = parseMessage(line);
    if (!message) return;
    const resolve = waiting.shift();
    if (resolve) resolve(message);
    else arrived.push(message);
  });
  return {
    next: () =>
      new Promise((resolve) => {
        const message = arrived.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
  };
}

function parseMessage(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}

/** Tells how a child ended; `failure` rejects then, and `settled` resolves. */
function watchEnd(child: Child) {
  let alive = true;
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-STDERR_KEPT);
  });
  child.stdin.on('error', () => {}); // a child that died does not read: its end says why
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => {}); // nobody may be waiting
  const end = (reason: string) => {
    alive = false;
    reject(failure(reason));
    resolve();
  };
  child.on('error', (error: NodeJS.ErrnoException) =>
    end(error.code === 'ENOENT' ? `there is no ${child.spawnfile}` : error.message),
  );
  child.on('close', (code, signal) => {
    const how = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
    const why = lastComplaint(complaint);
    end(why ? `${how}: ${why}` : how);
  });
  return {
    settled,
    failure: failed,
    get alive() {
      return alive;
    },
  };
}

/** The line of a stack or traceback that says what went wrong. */
function lastComplaint(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /^\w*Error\b.*:/.test(line)) ?? lines.at(-1))?.trim();
}

function timeOrAbort(timeoutMs: number, signal?: AbortSignal) {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => {});
  const timer = setTimeout(() => reject(failure(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  return {
    promise,
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

function failure(message: string): LatentkitError {
  return new LatentkitError('E_BACKEND', message);
}
