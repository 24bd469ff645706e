import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { paint, printable, talk } from '@latentkit/terminal';

const LONGEST = 60; // characters of a name

/**
 * Says at once which run is looked at, as what looks takes its time to load; nothing where that is no run, which an error
 * tells then.
 */
export async function announceRun(run: string): Promise<void> {
  const config = await readFile(join(run, 'config.json'), 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const recipe: unknown = Object(config).recipe;
  if (typeof recipe !== 'string') return;
  talk(`${paint('bold', printable(recipe).slice(0, LONGEST))} in ${printable(run)}`);
}
