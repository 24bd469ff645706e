import { type ErrorCode, LatentkitError } from './error.ts';
import { checkValue, having } from './options.ts';

/** An error as a message between threads: structured cloning keeps no code. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: ErrorCode;
  readonly fix?: string;
}

/** An error for another thread, which makes it one again by {@link unpackError}. */
export function packError(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  const { name, message, stack } = error;
  return error instanceof LatentkitError
    ? { name, message, stack, code: error.code, fix: error.fix }
    : { name, message, stack };
}

const carriedRule = having('an error as packError makes it', { name: 'string', message: 'string' });

/** An error as it was in the other thread: a `LatentkitError` with code and fix, or an `Error` with its name. */
export function unpackError(carried: CarriedError): Error {
  checkValue('unpackError', 'error', carried, carriedRule);
  const { name, message, stack, code, fix } = carried;
  const error = code ? new LatentkitError(code, message) : new Error(message);
  // The message has the fix in it.
  Object.assign(error, { name, stack }, code && { fix });
  return error;
}
