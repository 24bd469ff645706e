import type { TsnePlan } from './plan-tsne.ts';

/** What of a plan is saved with a map: JSON. */
export interface TsneSettings extends Omit<TsnePlan, 'init' | 'memoryBudget'> {
  readonly init: 'pca' | 'random' | 'given';
}

export function settingsOf({ init, memoryBudget: _, ...plan }: TsnePlan): TsneSettings {
  return { ...plan, init: typeof init === 'string' ? init : 'given' };
}
