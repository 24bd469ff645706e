import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { RECIPES, type Trace, trainAndHash } from '@latentkit/same-bits';

/** What came of the recipes, and under which conditions. */
export interface TrainedRecipes {
  traces: Record<string, Trace>;
  /** Threads that computed; null where tfjs did, step by step. */
  workers: number | null;
  /** What the accelerator said. */
  notes: string[];
}

/** Trains the recipes whose weights' bits are committed, or some of them. */
export async function trainRecipes(
  workers: number | 'eager',
  wanted: readonly string[] = RECIPES,
): Promise<TrainedRecipes> {
  const notes: string[] = [];
  if (workers === 'eager') await startWasmBackend();
  const accelerator =
    workers === 'eager'
      ? undefined
      : await createAccelerator({ workers, onNote: (note) => notes.push(note) });
  const traces: Record<string, Trace> = {};
  for (const recipe of RECIPES.filter((one) => wanted.includes(one)))
    traces[recipe] = await trainAndHash(recipe, accelerator);
  await accelerator?.close();
  return { traces, workers: accelerator?.workers ?? null, notes };
}
