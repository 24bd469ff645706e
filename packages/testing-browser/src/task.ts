import { startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { collectResults, type Results } from './collect-results.ts';
import { keepRuns, type StoreOutcome, type StoreTask } from './keep-runs.ts';
import { type LoadedFiles, loadFiles } from './load-files.ts';
import { type TrainedRecipes, trainRecipes } from './train-recipes.ts';
import { type UsedModels, useModels } from './use-model.ts';

/** What a page or a worker is asked to do. */
export interface Task {
  /** Where tfjs's binary is; the package's own copy when absent. */
  wasmUrl?: string | undefined;
  /** Fails on purpose, to see that the run notices. */
  fail?: boolean;
  /** Trains recipes with so many workers, or 'eager'ly, instead of everything else. */
  workers?: number | 'eager' | undefined;
  /** Which of them; all by default. */
  recipes?: readonly string[] | undefined;
  /** Uses models on so many workers, or on tfjs, instead. */
  use?: number | 'tfjs' | undefined;
  /** Downloads files from there, instead. */
  mirrors?: readonly string[] | undefined;
  pageMirrors?: readonly string[] | undefined;
  /** Keeps runs, instead. */
  store?: StoreTask | undefined;
}

/** What it answers. */
export type Outcome = (Results | TrainedRecipes | UsedModels | LoadedFiles | StoreOutcome) & {
  backend?: string;
  isolated: boolean;
  threads?: boolean;
};

/** Trains where it is called, and tells under which conditions. */
export async function runTask(task: Task): Promise<Outcome> {
  const { wasmUrl, fail = false, workers, recipes, use, mirrors, pageMirrors, store } = task;
  if (fail) throw new Error('failing on purpose');
  const isolated = globalThis.crossOriginIsolated;
  if (mirrors !== undefined) return { ...(await loadFiles(mirrors, pageMirrors)), isolated };
  if (store !== undefined) return { ...(await keepRuns(store)), isolated };
  if (use !== undefined) return { ...(await useModels(use)), isolated };
  if (workers !== undefined) return { ...(await trainRecipes(workers, recipes)), isolated };
  await Promise.all([startWasmBackend({ wasmUrl }), startWasmBackend({ wasmUrl })]);
  return {
    ...(await collectResults()),
    backend: tf.getBackend(),
    isolated,
    threads: tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT'),
  };
}
