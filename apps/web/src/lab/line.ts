import { type CarriedError, handleOf, LatentkitError, packError, unpackError } from '@latentkit/core';

/** What a worker can be asked: functions by name, of one value each. */
export type Calls = Readonly<Record<string, (input: never) => unknown>>;

type InputOf<Call> = Call extends (input: infer Input) => unknown ? Input : never;
type AnswerOf<Call> = Call extends (input: never) => infer Answer ? Awaited<Answer> : never;

/** Buffers that are moved to the other thread rather than copied. */
const MOVED = new WeakMap<object, Transferable[]>();

/**
 * Marks a value's buffers as moved when it is sent: they are empty here afterwards.
 *
 * @example
 * return moving({ images }, [images.buffer]);
 */
export function moving<Value extends object>(value: Value, buffers: Transferable[]): Value {
  MOVED.set(value, buffers);
  return value;
}

const movedOf = (value: unknown): Transferable[] =>
  (typeof value === 'object' && value !== null && MOVED.get(value)) || [];

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

type Answered<Event> =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: CarriedError }
  | { readonly event: Event };

/** A worker, as the page sees it. */
export interface Line<Own extends Calls> {
  /** The worker's answer, or its error with code and fix. */
  ask<Name extends keyof Own & string>(
    name: Name,
    input: InputOf<Own[Name]>,
    moved?: Transferable[],
  ): Promise<AnswerOf<Own[Name]>>;
  close(): void;
}

export interface LineOptions<Event> {
  /** What to call the worker in an error. */
  name: string;
  hear(event: Event): void;
  /** It ended by itself; those who wait for it are rejected with this, too. */
  died(error: LatentkitError): void;
}

/** A typed line to a worker that serves `Own`: questions, answers, errors as they were, and what the worker tells by itself. */
export function openLine<Own extends Calls, Event>(
  worker: Worker,
  { name, hear, died }: LineOptions<Event>,
): Line<Own> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let next = 0;
  let over: LatentkitError | undefined;

  function end(error: LatentkitError): void {
    if (over) return;
    over = error;
    handle.end();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }
  const handle = handleOf<Asked, Answered<Event>>(worker, {
    message(message) {
      if ('event' in message) {
        hear(message.event);
        return;
      }
      const one = waiting.get(message.id);
      waiting.delete(message.id);
      if ('error' in message) one?.reject(unpackError(message.error));
      else one?.resolve(message.answer);
    },
    died(reason) {
      const error = new LatentkitError('E_BACKEND', `the ${name} ended by itself: ${reason}`);
      end(error);
      died(error);
    },
  });

  return {
    ask(asked, input, moved = []) {
      if (over) return Promise.reject(over);
      const id = next++;
      const one = Promise.withResolvers<unknown>();
      waiting.set(id, one);
      handle.post({ id, name: asked, input }, moved as ArrayBuffer[]);
      return one.promise as Promise<never>;
    },
    close: () => end(new LatentkitError('E_USAGE', `the ${name} was closed`)),
  };
}

/** The worker's end of the line: answers each question by the call of its name, and gives back what tells an event. */
export function serveLine<Event>(): {
  serve(calls: Calls): void;
  tell(event: Event & object): void;
} {
  const scope = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
  const post = (message: Answered<Event>, moved: Transferable[]) => scope.postMessage(message, moved);
  async function reply(calls: Calls, { id, name, input }: Asked): Promise<void> {
    try {
      const call = calls[name];
      if (!call) throw new LatentkitError('E_UNKNOWN_NAME', `the worker has no '${name}'`);
      const answer = await call(input as never);
      post({ id, answer }, movedOf(answer));
    } catch (error) {
      post({ id, error: packError(error) }, []);
    }
  }
  return {
    serve: (calls) => scope.addEventListener('message', ({ data }) => void reply(calls, data as Asked)),
    tell: (event) => post({ event }, movedOf(event)),
  };
}
