const EVENTS = ['uncaughtException', 'unhandledRejection'];

// Emscripten's, word for word in tfjs 4.22.0: they rethrow, which ends a program that has handlers of its own.
const EMSCRIPTENS = [/instanceof ExitStatus/, /^function\s*\(reason\)\s*\{\s*throw reason;?\s*\}$/];

/** Does some work, and takes the process-wide listeners away that starting tfjs's WebAssembly adds meanwhile. */
export async function keepListeners<Result>(work: () => Promise<Result>): Promise<Result> {
  const host = globalThis.process as Partial<NodeJS.Process> | undefined;
  const listenersOf = (event: string) => host?.listeners?.(event as 'uncaughtException') ?? [];
  const before = new Map(EVENTS.map((event) => [event, new Set<unknown>(listenersOf(event))]));
  try {
    return await work();
  } finally {
    for (const event of EVENTS) {
      for (const listener of listenersOf(event)) {
        // The program may have added some of its own while tfjs was starting.
        const isTfjs = EMSCRIPTENS.some((words) => words.test(String(listener)));
        if (isTfjs && !before.get(event)!.has(listener)) host!.removeListener!(event, listener);
      }
    }
  }
}
