// The page of the engines in a browser: it measures what engine.js asks of it. Query: engine, workers, version of jax-js.
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import * as tf from '@tensorflow/tfjs-core';
import { answerRows, type EngineRows } from '../engines/answer-rows.ts';
import { jaxJsRows } from '../engines/jax-js-rows.ts';
import { latentkitRows } from '../engines/latentkit-rows.ts';
import { type TfjsBackend, tfjsEngineRows } from '../engines/tfjs-engine-rows.ts';
import type { LoadedWorkload, Workload } from '../workload.ts';

const query = new URLSearchParams(location.search);

async function load(): Promise<LoadedWorkload> {
  const workload = (await (await fetch('/workload.json')).json()) as Workload;
  return { workload, images: new Uint8Array(await (await fetch('/images.bytes')).arrayBuffer()) };
}

async function startLatentkit(loaded: LoadedWorkload): Promise<EngineRows> {
  await startWasmBackend();
  return latentkitRows(await createAccelerator({ workers: Number(query.get('workers')) }), loaded);
}

async function startTfjs(backend: TfjsBackend, loaded: LoadedWorkload): Promise<EngineRows> {
  if (backend === 'wasm') {
    const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths('/tfjs/');
    if (crossOriginIsolated) setThreadsCount(navigator.hardwareConcurrency);
  } else if (backend === 'webgl') await import('@tensorflow/tfjs-backend-webgl');
  else await import('@tensorflow/tfjs-backend-cpu');
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its ${backend} backend`);
  return tfjsEngineRows(backend, loaded);
}

async function start(): Promise<EngineRows> {
  const loaded = await load();
  const engine = query.get('engine');
  if (engine === 'latentkit') return startLatentkit(loaded);
  if (engine === 'jax-js') return jaxJsRows(loaded, query.get('version')!);
  return startTfjs(engine!.slice('tfjs-'.length) as TfjsBackend, loaded);
}

// Its own threads are counted where tfjs may have several: those of an isolated page.
async function answers() {
  const engine = await start();
  const isThreaded = query.get('engine') === 'tfjs-wasm' && crossOriginIsolated;
  return answerRows(isThreaded ? { ...engine, workers: navigator.hardwareConcurrency } : engine);
}

// engine.js awaits it.
Object.assign(globalThis, { answers: answers() });
