import { type ErrorCode, LatentkitError } from '@latentkit/core';

/** What went wrong as the packages tell it, for `sayFault` to find words for. */
export interface Fault {
  readonly message: string;
  /** Absent where nobody foresaw it. */
  readonly code?: ErrorCode;
  /** What to do about it: the end of the message. */
  readonly fix?: string;
}

/** Of a worker whose script did not come. */
export const NO_WORKER = 'what trains could not be loaded: there is no connection';

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message } = error;
  if (!(error instanceof LatentkitError)) return { message };
  const { code, fix } = error;
  return { message, code, ...(fix !== undefined && { fix }) };
}
