/** A file of a run. */
export interface RunFileInfo {
  readonly name: string;
  readonly bytes: number;
  /** When it was last written, in ms since 1970. */
  readonly modified: number;
}

/**
 * The files of one run, wherever they lie: a folder of a disk, a browser's private file system, memory. Names are paths within the run
 * with `/`, as `RUN_FILES` has them.
 */
export interface RunFiles {
  /** The run, as errors call it. */
  readonly where: string;
  /** A file of it, as errors call it. */
  pathOf(name: string): string;
  /**
   * A file, whole; undefined where there is none.
   *
   * @throws `E_IO` when it cannot be read.
   */
  read(name: string): Promise<Uint8Array | undefined>;
  has(name: string): Promise<boolean>;
  /** Those that are there, of every name that a run has or of some. Others' files do not count. */
  list(names?: readonly string[]): Promise<RunFileInfo[]>;
  /** Who writes it: nobody, somebody, or somebody who died over it. */
  state(): Promise<'free' | 'held' | 'abandoned'>;
  /**
   * Asked where a file is missed, by places that know better.
   *
   * @throws `E_NOT_FOUND` where there is no run of that name at all.
   */
  checkThere?(): Promise<void>;
}

/** The files of a run that nobody else writes until `close()`. Its functions throw `E_IO` when the place refuses. */
export interface RunWriter extends RunFiles {
  /** A file whole or not at all: after a refusal, or a kill on the way, the one that was there still is. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Adds to a file, which must be there: all of the text or nothing. */
  append(name: string, text: string): Promise<void>;
  /** Nothing where there is none. */
  remove(name: string): Promise<void>;
  /** Lets others write. */
  close(): Promise<void>;
}

/** A place of runs, by name. */
export interface RunStore {
  /** Names of what may be runs, in no order. */
  list(): Promise<string[]>;
  /** A run's files to read; there need not be any. */
  files(run: string): RunFiles;
  /**
   * A run's files to write, which nobody else does until they are closed.
   *
   * @throws `E_EXISTS` while somebody else writes that run; `E_USAGE` for a name that no folder can have.
   */
  open(run: string): Promise<RunWriter>;
  /**
   * A run under another name, which is free.
   *
   * @throws `E_EXISTS` where it is not, and while somebody writes the run; `E_NOT_FOUND` where there is no such run.
   */
  rename(run: string, name: string): Promise<void>;
  /**
   * Every file of a run goes; nothing where there is none.
   *
   * @throws `E_EXISTS` while somebody writes it.
   */
  remove(run: string): Promise<void>;
}
