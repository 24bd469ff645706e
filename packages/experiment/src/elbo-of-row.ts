import type { MetricsRow } from '@latentkit/trainers';

/** The KL of a row's validation, of both levels where a model has two; undefined where codes are points. */
export function klOfRow({ valKl, valKlZ2 = 0 }: MetricsRow): number | undefined {
  return valKl === undefined ? undefined : valKl + valKlZ2;
}

/** The negative ELBO of a row's validation, whatever weights training gave its parts; undefined where one of them is missing. */
export function negativeElboOfRow(row: MetricsRow): number | undefined {
  const [{ valReconstruction }, kl] = [row, klOfRow(row)];
  return valReconstruction === undefined || kl === undefined ? undefined : valReconstruction + kl;
}
