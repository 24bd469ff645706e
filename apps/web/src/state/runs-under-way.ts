/** What is known of a run that was under way, besides its files. */
export interface UnderWay {
  /** When its page was closed, in ms since 1970; pages that die cannot say. */
  readonly closedAt?: number;
  /** A person's own files that it learns from, which it needs again. */
  readonly files?: { readonly name: string; readonly count: number };
}

/** Which runs were under way when their pages were closed: words in the browser's memory, so that looking costs nothing. */
export interface RunsUnderWay {
  noted(): ReadonlyMap<string, UnderWay>;
  note(name: string, what: UnderWay): void;
  forget(name: string): void;
}

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Each run has its own, as tabs share them. */
const PREFIX = 'latentkit/run-under-way/';

/** Browsers that keep nothing (a private window, a policy) throw here: then nothing was under way. */
export function runsUnderWay(storage: () => Memory): RunsUnderWay {
  const attempt = <Result>(act: (memory: Memory) => Result): Result | undefined => {
    try {
      return act(storage());
    } catch {
      return undefined;
    }
  };
  const read = (memory: Memory) => {
    const keys = Array.from({ length: memory.length }, (_, i) => memory.key(i) ?? '');
    const own = keys.filter((key) => key.startsWith(PREFIX));
    return new Map(own.map((key) => [key.slice(PREFIX.length), parse(memory.getItem(key))]));
  };
  return {
    noted: () => attempt(read) ?? new Map(),
    note: (name, what) => attempt((memory) => memory.setItem(PREFIX + name, JSON.stringify(what))),
    forget: (name) => attempt((memory) => memory.removeItem(PREFIX + name)),
  };
}

/** What somebody else wrote there says nothing. */
function parse(text: string | null): UnderWay {
  try {
    const { closedAt, files } = Object(JSON.parse(text ?? ''));
    return {
      ...(Number.isFinite(closedAt) && { closedAt }),
      ...(typeof files?.name === 'string' && Number.isFinite(files.count) && { files }),
    };
  } catch {
    return {};
  }
}
