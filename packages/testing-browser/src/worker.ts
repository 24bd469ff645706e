import { runTask, type Task } from './task.ts';

addEventListener('message', async ({ data }: MessageEvent<Task>) => {
  try {
    postMessage({ outcome: await runTask(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
