import { type ErrorCode, LatentkitError } from './error.ts';

/** An error as a message between threads: structured cloning keeps no code. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: ErrorCode;
  readonly fix?: string;
}

export function packError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  const { name, message, stack } = error;
  return error instanceof LatentkitError
    ? { name, message, stack, code: error.code, fix: error.fix }
    : { name, message, stack };
}

/** An error as it was in the other thread: a `LatentkitError` with code and fix, or an `Error` with its name. */
export function unpackError({ name, message, stack, code, fix }: CarriedError): Error {
  const error = code ? new LatentkitError(code, message) : new Error(message);
  // The message has the fix in it.
  Object.assign(error, { name, stack }, code && { fix });
  return error;
}
