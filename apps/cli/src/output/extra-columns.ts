import type { MetricsRow } from '@latentkit/trainers';

const TITLES = { valAveraged: 'val averaged', gradientNorm: 'gradient' } as const;

/** What an epoch has beside its losses where a run asks for it, and what it is called: it has all or none of them in every row. */
export function extraColumns(metrics: MetricsRow): { title: string; of(metrics: MetricsRow): number }[] {
  return Object.entries(TITLES).flatMap(([name, title]) =>
    metrics[name] === undefined ? [] : [{ title, of: (row: MetricsRow) => row[name] ?? Number.NaN }],
  );
}
