import { openWorkerPort, packError } from '@latentkit/core';
import { methodRow } from '../own-methods.ts';
import type { ObservedProjection, Projection, ProjectionProgress, RunOptions } from '../projection.ts';
import type { MethodRow } from '../projection-method.ts';
import { MAP_SECONDS, mapTeller } from '../run-projection.ts';
import type { FromWorker, Request, Snapshot, ToWorker } from './messages.ts';

// At least so long between two progresses that are sent while a projection runs.
const PROGRESS_MS = 25;

/** The program of a worker, of `node:worker_threads` or a Web Worker: it has one projection, by one of these methods. */
export function serveProjections(methods: readonly MethodRow[]): void {
  const port = openWorkerPort<FromWorker, ToWorker>();
  let projection: Projection;
  let running = new AbortController();
  let progressSent = Number.NEGATIVE_INFINITY;
  let mapSent = Number.NEGATIVE_INFINITY;
  /** Of the run under way, where its maps are listened to: then progress has none. */
  let observeMap: (() => void) | undefined;
  // Requests are done in their order.
  let last: Promise<void> = Promise.resolve();

  function snapshotOf(progress: ProjectionProgress, embedding?: Float32Array): Snapshot {
    const { count, components, warnings } = projection;
    return { count, components, progress, warnings, ...(embedding && { embedding }) };
  }

  function tellProgress(progress: ProjectionProgress): void {
    const now = performance.now();
    if (now - progressSent < PROGRESS_MS) return;
    progressSent = now;
    const isTime = !observeMap && now - mapSent >= 1000 * MAP_SECONDS;
    if (isTime) mapSent = now;
    const embedding = isTime ? projection.embedding : undefined;
    postSnapshot(progress, embedding);
  }

  function postSnapshot(progress: ProjectionProgress, embedding?: Float32Array): void {
    port.post({ type: 'progress', snapshot: snapshotOf(progress, embedding) }, buffersOf(embedding));
  }

  async function run(signal: AbortSignal, mapSeconds: number | undefined): Promise<void> {
    const onMap: RunOptions['onMap'] = (embedding, progress) =>
      port.post({ type: 'map', embedding, progress }, buffersOf(embedding));
    const maps = mapSeconds === undefined ? {} : { onMap, mapSeconds };
    if (maps.onMap) observeMap = mapTeller(projection, maps);
    try {
      await projection.run({ signal, onProgress: tellProgress, ...maps });
    } catch (error) {
      postSnapshot(projection.progress, projection.embedding); // as far as it came
      throw error;
    } finally {
      observeMap = undefined;
    }
  }

  async function answer(request: Request, signal: AbortSignal): Promise<unknown> {
    switch (request.type) {
      case 'create':
        projection = await methodRow(request.method, 'projectInWorker', methods).create(
          request.points,
          request.options as never,
        );
        if ('observe' in projection) {
          (projection as ObservedProjection).observe((progress) => {
            tellProgress(progress);
            observeMap?.();
          });
        }
        return undefined;
      case 'run':
        await run(signal, request.mapSeconds);
        return undefined;
      case 'transform':
        return projection.transform(request.points);
      case 'save':
        return projection.save();
    }
  }

  async function reply(id: number, request: Request, signal: AbortSignal): Promise<void> {
    try {
      const value = await answer(request, signal);
      const isNew = request.type === 'create' || request.type === 'run';
      const snapshot = snapshotOf(projection.progress, isNew ? projection.embedding : undefined);
      port.post({ type: 'done', id, value, snapshot }, buffersOf(value, snapshot.embedding));
    } catch (error) {
      port.post({ type: 'failed', id, error: packError(error) });
    }
  }

  port.listen((message) => {
    if ('type' in message) {
      running.abort();
      running = new AbortController();
      return;
    }
    const { signal } = running; // of now: a run that waits for its turn can be stopped too
    last = last.then(() => reply(message.id, message.request, signal));
  });
}

function buffersOf(...values: readonly unknown[]): ArrayBuffer[] {
  return values.filter((one) => one instanceof Float32Array).map(({ buffer }) => buffer as ArrayBuffer);
}
