/** Somewhere that files already are: a folder, or a page's file picker. */
export interface FileSource {
  /** For messages. */
  readonly location: string;
  /** A file's content, or `undefined` where there is none of that name. */
  read(name: string): Promise<Uint8Array | undefined>;
}
