/** Whether a run was under way when the page was closed: a word in the browser's memory, so that looking costs nothing. */
export interface RunUnderWay {
  readonly isNoted: boolean;
  note(isUnderWay: boolean): void;
}

const KEY = 'latentkit/run-under-way';

/** Browsers that keep nothing (a private window, a policy) throw here: then nothing was under way. */
export function runUnderWay(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): RunUnderWay {
  const attempt = <Result>(act: (memory: ReturnType<typeof storage>) => Result): Result | undefined => {
    try {
      return act(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get isNoted() {
      return typeof attempt((memory) => memory.getItem(KEY)) === 'string';
    },
    note: (isUnderWay) =>
      attempt((memory) => (isUnderWay ? memory.setItem(KEY, '1') : memory.removeItem(KEY))),
  };
}
