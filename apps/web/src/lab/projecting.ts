import { createProjection } from '@latentkit/projections';
import { moving } from './line.ts';
import type { FinishedMap, ProjectCalls, ProjectEvent } from './map-messages.ts';

/** Makes one map, and tells of it as it settles: ten times a second. */
export async function project(
  { method, points, options }: Parameters<ProjectCalls['project']>[0],
  tell: (event: ProjectEvent) => void,
): Promise<FinishedMap> {
  const projection = await createProjection(method, points, options as never);
  const map = await projection.run({
    onMap: (next) => tell(moving({ type: 'map', map: next } as const, [next.buffer as ArrayBuffer])),
    onProgress: (progress) => tell({ type: 'progress', progress }),
  });
  return moving({ map, warnings: projection.warnings }, [map.buffer as ArrayBuffer]);
}
