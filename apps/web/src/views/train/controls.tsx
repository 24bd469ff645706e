import { recipes } from '@latentkit/experiment/config';
import type { Page } from '../../page.ts';
import { NumberField } from '../../parts/number-field.tsx';
import { valueAt, withChange } from '../../state/setting.ts';

/** Of the recipes, those that a newcomer chooses among. */
const SIZES = [
  { recipe: 'digits-tour', words: 'Small', about: 'two numbers a digit: all of the code is on the map' },
  { recipe: 'digits-dense', words: 'Medium', about: 'five numbers a digit: sharper samples' },
  { recipe: 'keras-conv', words: 'Convolutional', about: 'two numbers; slow, and the best map' },
] as const;

/** What decides a run, for everyone. */
export function Controls({ page }: { page: Page }) {
  const setting = page.setting.value;
  const { config } = page.draft.value;
  const set = (path: string) => (value: number) => page.change(withChange(setting, path, value));
  const numberAt = (path: string) => {
    const value = config && valueAt(config, path);
    return typeof value === 'number' ? value : undefined;
  };
  return (
    <section class="controls panel" aria-label="Settings">
      <h2>Model</h2>
      <fieldset class="choices">
        <legend>Size</legend>
        {SIZES.map(({ recipe, words, about }) => (
          <label key={recipe}>
            <input
              type="radio"
              name="size"
              checked={setting.recipe === recipe}
              onChange={() => page.change({ ...setting, recipe })}
            />
            <span>{words}</span>
            <small>{about}</small>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span>Recipe</span>
        <select
          value={setting.recipe}
          onChange={({ currentTarget }) => page.change({ ...setting, recipe: currentTarget.value })}
        >
          {recipes.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label="Numbers in a code"
        value={numberAt('model.latentDim')}
        {...{ least: 1, most: 64, step: 1 }}
        change={set('model.latentDim')}
      />
      <NumberField
        label="Beta"
        about="How much the code must look like noise."
        value={numberAt('training.beta')}
        {...{ least: 0, most: 16, step: 0.1 }}
        change={set('training.beta')}
      />
      <NumberField
        label="Epochs"
        value={numberAt('training.epochs')}
        {...{ least: 1, most: 1000, step: 1 }}
        change={set('training.epochs')}
      />
      <NumberField
        label="Seed"
        about="The same seed gives the same weights, bit for bit, everywhere."
        value={numberAt('training.seed')}
        {...{ least: 0, most: 2 ** 31 - 1, step: 1 }}
        change={set('training.seed')}
      />
    </section>
  );
}
