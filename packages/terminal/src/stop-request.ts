import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ECHO_MS = 300; // a package manager passes on the Ctrl-C that the terminal has sent us already

export interface StopRequest {
  readonly signal: AbortSignal;
  /** For a run that was stopped: 130 after Ctrl-C; 0 when nobody reads stdout any more; 1 when it refuses. */
  readonly exitCode: number;
  dispose(): void;
}

/** Ctrl-C and the like ask to stop after the batch under way; a second one ends at once. So does a stdout that is closed or refuses. */
export function listenForStop(onStop: (byUser: boolean) => void): StopRequest {
  const controller = new AbortController();
  let exitCode = 0;
  let asked = 0;
  const onSignal = (name: (typeof SIGNALS)[number]) => {
    if (controller.signal.aborted) {
      if (performance.now() - asked > ECHO_MS) process.exit(128 + constants.signals[name]);
      return;
    }
    exitCode = 128 + constants.signals[name];
    asked = performance.now();
    controller.abort();
    onStop(true);
  };
  const onClosed = ({ code }: NodeJS.ErrnoException) => {
    if (controller.signal.aborted) return;
    asked = performance.now(); // a Ctrl-C that ended the reader is on its way to us, too
    controller.abort();
    if (code === 'EPIPE') onStop(false);
    else exitCode = 1; // main tells why
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  process.stdout.on('error', onClosed);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    dispose() {
      for (const name of SIGNALS) process.off(name, onSignal);
      process.stdout.off('error', onClosed);
    },
  };
}
