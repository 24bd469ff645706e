/** What {@link diagnose} found out about one thing. */
export interface Finding {
  readonly name: string;
  readonly title: string;
  /** `note`: it works, and could be better; `missing`: nothing works without. */
  readonly status: 'ok' | 'note' | 'missing';
  /** What there is, in words. */
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The same for programs. */
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** A finding but for what it is of. */
export type Found = Omit<Finding, 'name' | 'title'>;

/** A row of what is looked at. */
export interface Check {
  readonly name: string;
  readonly title: string;
  look(options: { folder: string; signal?: AbortSignal | undefined }): Promise<Found>;
}
