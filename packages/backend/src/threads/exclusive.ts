import { LatentkitError } from '@latentkit/core';

/** Lets one call through at a time, and none once it is closed. */
export interface Exclusive {
  /** Throws `E_USAGE` while a call is under way. */
  requireIdle(): void;
  /** Makes a call; rejects with `E_USAGE` while another is under way, or after `close`. */
  run<Result>(call: () => Promise<Result>): Promise<Result>;
  close(): void;
}

export function createExclusive(): Exclusive {
  let isBusy = false;
  let isClosed = false;
  const requireIdle = () => {
    if (!isBusy) return;
    throw new LatentkitError('E_USAGE', 'accelerator: a call is under way', {
      fix: 'Await it before the next one',
    });
  };
  return {
    requireIdle,
    async run(call) {
      if (isClosed) throw new LatentkitError('E_USAGE', 'accelerator: it was closed');
      requireIdle();
      isBusy = true;
      try {
        return await call();
      } finally {
        isBusy = false;
      }
    },
    close() {
      isClosed = true;
    },
  };
}
