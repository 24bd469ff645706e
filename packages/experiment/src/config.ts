// What a run is, without what makes one: configs and recipes, for those who want them checked and no figures loaded.
export { applySettings, type Setting } from './apply-settings.ts';
export { configSchema, type ExperimentConfig } from './config-schema.ts';
export { imageLooks } from './data/dataset-of-sets.ts';
export { modelSpecOf, tableColumnsOf } from './model-spec-of.ts';
export { type PartialConfig, parseConfig, parsePartialConfig } from './parse-config.ts';
export { rateCuts } from './rate-cuts.ts';
export { findRecipe, recipes } from './recipes/find-recipe.ts';
export type { Recipe } from './recipes/recipe.ts';
export { repeatCommand } from './report/repeat-command.ts';
export { isSameSetting, settingsOf } from './settings-of.ts';
export { datedRunName } from './store/new-run-name.ts';
