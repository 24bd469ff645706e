/** What a run is given to go faster, and what ends it. */
interface OpenAccelerator {
  close(): Promise<void>;
}

/** The accelerator of so many workers; undefined while there is none, and training runs step by step on this thread. */
export async function openAccelerator(_options: { workers: number }): Promise<OpenAccelerator | undefined> {
  return undefined;
}
