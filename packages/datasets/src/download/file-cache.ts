/** Where downloads are kept between runs. Names may hold slashes. */
export interface FileCache {
  /** A file's content, or `undefined` where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Adds to the end of a file, which begins empty: how an unfinished download grows. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a whole file in place at once: a reader sees the old content or the new. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file, if it is there. */
  remove(name: string): Promise<void>;
}
