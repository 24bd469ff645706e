import { CardLink } from '../../learn/card-link.tsx';
import type { CardId } from '../../learn/cards.ts';
import type { Page } from '../../page.ts';
import { NumberField } from '../../parts/number-field.tsx';
import { valueAt } from '../../state/setting.ts';
import { wordsOf } from '../../text/fields.ts';

/** A number of the config, and what its stepper offers. */
export interface ConfigNumber {
  readonly path: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** Where a number has a card. */
const CARD_OF: Readonly<Record<string, { readonly card: CardId; readonly about: string }>> = {
  'model.latentDim': { card: 'code', about: 'what a code is' },
  'training.beta': { card: 'beta', about: 'what beta does' },
  'training.epochs': { card: 'stopping', about: 'when to end' },
  'training.seed': { card: 'seed', about: 'what a seed promises' },
};

/** Fields for numbers of the config, each by its words. */
export function NumberFields({ page, numbers }: { page: Page; numbers: readonly ConfigNumber[] }) {
  const { config } = page.draft.value;
  return numbers.map(({ path, ...bounds }) => {
    const card = CARD_OF[path];
    const value = config && valueAt(config, path);
    return (
      <div class="with-card" key={path}>
        <NumberField
          {...wordsOf(path)}
          {...bounds}
          value={typeof value === 'number' ? value : undefined}
          change={(next) => page.set({ path }, next)}
        />
        {card && <CardLink page={page} {...card} />}
      </div>
    );
  });
}
