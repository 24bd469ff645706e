import { type Outcome, runTask, type Task } from './task.ts';

type Reply = { outcome: Outcome } | { error: string };

function runInWorker(task: Task): Promise<Outcome> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(`the worker did not start: ${message}`));
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.outcome);
    };
    worker.postMessage(task);
  });
}

const query = new URLSearchParams(location.search);
const workers = query.get('workers') ?? undefined;
const use = query.get('use') ?? undefined;
const store = query.get('store') ?? undefined;
const task = {
  wasmUrl: query.get('wasmUrl') ?? undefined,
  fail: query.has('fail'),
  recipes: query.get('recipes')?.split(',').filter(Boolean),
  workers: workers === undefined || workers === 'eager' ? workers : Number(workers),
  mirrors: query.get('mirrors')?.split(','),
  pageMirrors: query.get('pageMirrors')?.split(','),
  // What is too long for an address is where the test has put it.
  store: store === undefined ? undefined : { ...JSON.parse(store), ...Object(globalThis).given },
  use: use === undefined || use === 'tfjs' ? use : Number(use),
} as const;
const run = query.get('where') === 'worker' ? runInWorker : runTask;
// The test awaits it.
Object.assign(globalThis, { outcome: run(task) });
