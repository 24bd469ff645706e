import { LatentkitError } from '@latentkit/core';
import type { RunStore } from '@latentkit/experiment/store';

const CONFIG = 'config.json';
const CHECKPOINT = 'checkpoint/checkpoint.safetensors';
const METRICS = 'metrics.jsonl';

/** What a config has that is known as a run's. */
const RUN = JSON.stringify({ recipe: 'r', dataset: {}, model: {}, training: {} });

/** Does with a store all that one can do, and tells what came of it: the same in every place of runs. */
export async function exerciseStore(store: RunStore): Promise<unknown[]> {
  const told: unknown[] = [];
  const tell = async (work: () => Promise<unknown>) => told.push(await work().catch(codeOf));
  const text = async (run: string, name: string) => {
    const bytes = await store.files(run).read(name);
    return bytes ? new TextDecoder().decode(bytes) : null;
  };
  const sizes = async (run: string) =>
    (await store.files(run).list()).map(({ name, bytes }) => `${name} ${bytes}`);
  const runs = async () => (await store.list()).sort();

  await tell(() => text('first', CONFIG));
  const writer = await store.open('first');
  await tell(() => store.open('first'));
  await tell(() => store.files('first').state());
  await tell(() => writer.append(METRICS, 'nowhere'));
  for (const content of [RUN, '', 'zwölf', RUN]) {
    await writer.write(CONFIG, content);
    await tell(() => text('first', CONFIG));
  }
  await writer.write(METRICS, '');
  await tell(() => store.files('first').has(METRICS));
  await writer.append(METRICS, 'a\n');
  await writer.append(METRICS, 'ü\n');
  await tell(() => text('first', METRICS));
  await writer.write(CHECKPOINT, Uint8Array.of(1, 2, 3));
  await writer.write(CHECKPOINT, Uint8Array.of(4, 5));
  await tell(() => sizes('first'));
  await tell(() => store.remove('first'));
  await tell(() => store.rename('first', 'second'));
  await writer.remove('report.html');
  await writer.close();
  await tell(() => store.files('first').state());
  await tell(runs);

  await tell(() => store.rename('first', '../up'));
  await tell(() => store.rename('nobody', 'somebody'));
  await store.rename('first', 'zweite, α');
  await tell(runs);
  await tell(() => sizes('first'));
  await tell(() => sizes('zweite, α'));
  await tell(() => text('zweite, α', CONFIG));
  const other = await store.open('first');
  await other.write(CONFIG, RUN);
  await other.write(CHECKPOINT, Uint8Array.of(7));
  await tell(() => store.rename('zweite, α', 'first'));
  await other.close();
  await tell(() => store.rename('zweite, α', 'first'));
  await tell(() => store.files('zweite, α').read('figures/samples.svg'));
  await store.remove('first');
  await store.remove('first');
  await tell(runs);
  await store.remove('zweite, α');
  await tell(runs);
  return told.map((one) => one ?? null);
}

function codeOf(error: unknown): string {
  if (error instanceof LatentkitError) return error.code;
  throw error;
}
