import { nextTurn } from '@latentkit/core';
import { alignMap, createProjection, type Projection } from '@latentkit/projections';
import { moving } from './line.ts';
import type { FinishedMap, ProjectCalls, ProjectEvent } from './map-messages.ts';

/** Of a slow start so many maps are shown, each for so long: what t-SNE does in these is over in a blink otherwise. */
const [SLOW_MAPS, SLOW_MS] = [50, 120];
/** Between two turns of the event loop. */
const TURN_MS = 30;
/** Between two words of how far it is: more often nobody reads them, and the page has each to write. */
const WORDS_MS = 100;

type Tell = (event: ProjectEvent) => void;

/** Makes one map, and tells of it as it settles: ten times a second, or each of the first ones by itself. */
export async function project(
  { method, points, options, isSlow, before }: Parameters<ProjectCalls['project']>[0],
  tell: Tell,
): Promise<FinishedMap> {
  const size = { count: points.count, dimensions: 2 };
  /** To lie as the map before lay, which a map of another seed has no reason to. */
  const laid = (map: Float32Array) =>
    before ? alignMap({ data: map, ...size }, { data: before, ...size }) : map;
  const tellMap = (map: Float32Array) => {
    const next = laid(map);
    tell(moving({ type: 'map', map: next } as const, [next.buffer as ArrayBuffer]));
  };
  const projection = await createProjection(method, points, options as never);
  if (isSlow) await beginSlowly(projection, tell, tellMap);
  let told = Number.NEGATIVE_INFINITY;
  const made = await projection.run({
    onMap: tellMap,
    onProgress(progress) {
      if (performance.now() - told < WORDS_MS) return;
      told = performance.now();
      tell({ type: 'progress', progress });
    },
  });
  const map = laid(made);
  return moving({ map, warnings: projection.warnings }, [map.buffer as ArrayBuffer]);
}

/** Does the first steps by hand, so that each of their maps is seen. They are the steps that `run` does: it goes on to the same bits. */
async function beginSlowly(
  projection: Projection,
  tell: Tell,
  tellMap: (map: Float32Array) => void,
): Promise<void> {
  let turn = performance.now();
  for (let shown = 0; shown < SLOW_MAPS && projection.progress.stage !== 'done'; ) {
    const { step } = projection.progress;
    projection.step();
    const { progress } = projection;
    if (progress.stage === 'optimize' && progress.step > step) {
      shown++;
      tell({ type: 'progress', progress });
      tellMap(projection.embedding);
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    } else if (performance.now() - turn > TURN_MS) {
      tell({ type: 'progress', progress });
      await nextTurn();
      turn = performance.now();
    }
  }
}
