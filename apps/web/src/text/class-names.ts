import type { ShownData } from '../lab/messages.ts';

/** What a run's classes are called; none where its images have none. */
export function namesOf(data: Pick<ShownData, 'labels' | 'classNames'> | undefined): readonly string[] {
  if (!data?.labels) return [];
  const most = data.labels.reduce((largest, label) => Math.max(largest, label), -1);
  return data.classNames ?? Array.from({ length: most + 1 }, (_, label) => String(label));
}
