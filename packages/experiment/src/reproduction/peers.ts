import { checkBy, openFields, text, whole } from '@latentkit/core/schema';
import { parseJson } from '@latentkit/formats';
import type { MetricsRow } from '@latentkit/trainers';
import type { Recipe } from '../recipes/recipe.ts';
import type { ReproducedRun } from './reproduction.ts';

const row = openFields({ recipe: text(), seed: whole(0), epoch: whole(1) });

/**
 * Another program's runs of a recipe, of its rows: a line of JSON an epoch, with the columns of ours that it has.
 *
 * @throws `E_FORMAT` for a line that is no such row.
 */
export function parsePeers(
  lines: string,
  recipe: Recipe,
  where: string,
): Omit<ReproducedRun, 'trainImages'>[] {
  const bySeed = new Map<number, MetricsRow[]>();
  for (const [i, line] of lines.split('\n').entries()) {
    if (line === '') continue;
    const at = `${where}, line ${i + 1}`;
    const { recipe: name, seed, ...columns } = checkBy(row, parseJson(line, at), at, 'E_FORMAT');
    if (name !== recipe.name) continue;
    bySeed.set(seed, [...(bySeed.get(seed) ?? []), columns as unknown as MetricsRow]);
  }
  const inOrder = [...bySeed].sort(([a], [b]) => a - b);
  return inOrder.map(([seed, rows]) => {
    const { epoch } = rows.reduce((best, one) => (one.valLoss < best.valLoss ? one : best));
    return { seed, rows, keptEpoch: epoch, isFinished: isWhole(recipe, rows.length, epoch) };
  });
}

/** Whether a run came to its end: its last epoch, or that of its patience. */
function isWhole({ training: { epochs, earlyStopping } }: Recipe, ran: number, best: number): boolean {
  return ran >= epochs || (earlyStopping !== undefined && ran - best >= earlyStopping.patience);
}
