import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { talk } from '@latentkit/terminal';

/** A page that is made of a run's events at its end. */
export interface Page<Event> {
  add(event: Event): void;
  write(): Promise<void>;
}

/** Makes the folder of the page now, before minutes of work for it; without a file there is no page. */
export async function createPage<Event>(
  file: string | undefined,
  compose: (events: readonly Event[]) => string,
): Promise<Page<Event>> {
  if (file === undefined) return { add: () => {}, write: async () => {} };
  await mkdir(dirname(file), { recursive: true });
  const events: Event[] = [];
  return {
    add: (event) => events.push(event),
    async write() {
      await writeFile(file, compose(events));
      talk(`Wrote ${file}`);
    },
  };
}
