import { recipes } from '@latentkit/experiment/config';
import { useSignal } from '@preact/signals';
import type { Page } from '../../page.ts';
import { FileField } from '../../parts/file-field.tsx';
import { Part } from '../../parts/part.tsx';
import { isOfTables, withDataset, withRecipe } from '../../state/setting.ts';
import { DATA_CHOICES, SIZES } from '../../text/choices.ts';
import { CopyMenu } from '../copy-menu.tsx';
import { ByHand } from './by-hand.tsx';
import { Details } from './details.tsx';
import { NumberFields } from './number-fields.tsx';
import { OwnFiles } from './own-files.tsx';

/** Numbers that everyone sees; `most` is of the stepper alone. */
const SIMPLE = [
  { path: 'model.latentDim', least: 1, most: 64, step: 1 },
  { path: 'training.beta', least: 0, most: 1000, step: 0.5 },
  { path: 'training.epochs', least: 1, most: 10_000, step: 1 },
  { path: 'training.seed', least: 0, most: 2 ** 31 - 1, step: 1 },
] as const;

/** What decides a run. */
export function Controls({ page }: { page: Page }) {
  const setting = page.setting.value;
  const isOpen = useSignal(false);
  const data = DATA_CHOICES.find(({ name }) => name === setting.dataset);
  const size = SIZES.find(({ recipe }) => recipe === setting.recipe);
  return (
    <section class="controls panel" aria-label="Settings">
      {/* Seen where there is one column: there they would stand between a person and the map. */}
      <button
        type="button"
        class="fold"
        aria-expanded={isOpen.value}
        aria-controls="settings"
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        Settings <span class="dim">{[data?.words, size?.words ?? setting.recipe].join(' · ')}</span>
      </button>
      <div id="settings" class={isOpen.value ? 'settings' : 'settings folded'}>
        <Part page={page} name="data">
          <label class="field wide">
            <span>Images</span>
            <select
              value={setting.dataset}
              onChange={({ currentTarget }) => page.change(withDataset(setting, currentTarget.value))}
            >
              {DATA_CHOICES.map(({ name, words }) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
            <small>{data?.about}</small>
          </label>
          {setting.dataset === 'arrays' && <OwnFiles page={page} />}
        </Part>
        <Part page={page} name="network">
          {isOfTables(setting.recipe) ? null : (
            <fieldset class="choices">
              <legend>Network</legend>
              {SIZES.map(({ recipe, words, about }) => (
                <label key={recipe}>
                  <input
                    type="radio"
                    name="size"
                    checked={setting.recipe === recipe}
                    onChange={() => page.change(withRecipe(setting, recipe))}
                  />
                  <span>{words}</span>
                  <small>{about}</small>
                </label>
              ))}
            </fieldset>
          )}
        </Part>
        <ByHand page={page} />
        <Part page={page} name="numbers">
          <NumberFields page={page} numbers={SIMPLE} />
        </Part>
        <Part page={page} name="details">
          <Details page={page} />
        </Part>
        <Part page={page} name="recipe">
          <label class="field wide">
            <span>Recipe</span>
            <select
              value={setting.recipe}
              onChange={({ currentTarget }) => page.change(withRecipe(setting, currentTarget.value))}
            >
              {recipes.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
            <small>{recipes.find(({ name }) => name === setting.recipe)?.title}</small>
          </label>
        </Part>
        <Part page={page} name="runs">
          <fieldset class="own-files">
            <legend>A finished run</legend>
            <FileField words="Open a run's folder" isFolder={true} take={page.takeFiles} />
            <FileField words="Open a ZIP or a model" isFolder={false} take={page.takeFiles} />
            <p class="dim">Or drop it anywhere here. It is looked at, and stays on this computer.</p>
          </fieldset>
        </Part>
        <Part page={page} name="copies">
          <CopyMenu page={page} />
        </Part>
      </div>
    </section>
  );
}
