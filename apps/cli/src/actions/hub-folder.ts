import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { repeatCommand } from '@latentkit/experiment/config';
import { type LoadedRun, RUN_FILES, readRunRecord } from '@latentkit/experiment/node';
import { exportHub } from '@latentkit/interop';

const FIGURES = 'figures';

/**
 * A run as a folder for the Hub: its model for other programs, the pictures of its report, its curves and its config. Where data lay on
 * this computer goes along with nothing.
 */
export async function hubFolder(
  directory: string,
  run: LoadedRun,
  { license }: { license?: string | undefined },
): Promise<Record<string, Uint8Array>> {
  const { history } = await readRunRecord(directory);
  const { dataDir: _, ...dataset } = run.config.dataset;
  const config = { ...run.config, dataset };
  const kept = history.find(({ epoch }) => epoch === run.epoch);
  const metrics = Object.entries(kept ?? {}).flatMap(([name, value]) => {
    const [, term] = /^val([A-Z].*)$/.exec(name) ?? [];
    const words = term === 'Kl' ? 'KL' : term?.replaceAll(/\B[A-Z]/g, ' $&').toLowerCase();
    return words && typeof value === 'number' ? [[`validation ${words}`, value] as const] : [];
  });
  const figures = (await readdir(join(directory, FIGURES)).catch(() => [])).filter((name) =>
    name.endsWith('.png'),
  );
  const pictures = figures
    .sort()
    .map(async (name) => [name, await readFile(join(directory, FIGURES, name))] as const);
  const curves = await readFile(join(directory, RUN_FILES.table)).catch(() => undefined); // runs of before have none
  return {
    ...exportHub(run, {
      ...{ name: basename(resolve(directory)), license },
      ...(run.config.dataset.name !== 'arrays' && { dataset: run.config.dataset.name }),
      command: repeatCommand(run.config),
      ...{ metrics: Object.fromEntries(metrics), pictures: Object.fromEntries(await Promise.all(pictures)) },
    }),
    ...(curves && { [RUN_FILES.table]: curves }),
    'run-config.json': new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`),
  };
}
