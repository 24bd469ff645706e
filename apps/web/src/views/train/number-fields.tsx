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

/** Fields for numbers of the config, each by its words. */
export function NumberFields({ page, numbers }: { page: Page; numbers: readonly ConfigNumber[] }) {
  const { config } = page.draft.value;
  return numbers.map(({ path, ...bounds }) => {
    const value = config && valueAt(config, path);
    return (
      <NumberField
        key={path}
        {...wordsOf(path)}
        {...bounds}
        value={typeof value === 'number' ? value : undefined}
        change={(next) => page.set({ path }, next)}
      />
    );
  });
}
