import { checkBy, openFields, optional, type SpecOf, text } from '@latentkit/core/schema';
import { configSchema, type ExperimentConfig } from './config-schema.ts';
import { figureSpecsSchema } from './figures/figure-specs.ts';

/**
 * A config from untrusted JSON, every field checked; unknown fields are errors, as they are mostly misspelt ones.
 *
 * @param where what to call the source in an error: a file's name.
 * @throws `E_CONFIG` naming the first field that does not fit, what was expected and what was got.
 * @example
 * const config = parseConfig(JSON.parse(text), 'config.json');
 */
export function parseConfig(input: unknown, where = 'config'): ExperimentConfig {
  return checkBy(configSchema, renameOldWords(input), where);
}

/** A config file: any part of a config. Its fields are checked once it is merged with the rest. */
export type PartialConfig = SpecOf<typeof partialSchema>;

const partialSchema = openFields({
  recipe: optional(text()),
  dataset: optional(openFields({})),
  model: optional(openFields({})),
  objective: optional(openFields({})),
  figures: optional(figureSpecsSchema),
  training: optional(openFields({})),
});

/**
 * Part of a config from untrusted JSON: which parts there are, and that they have fields.
 *
 * @throws `E_CONFIG` naming the part that cannot be.
 */
export function parsePartialConfig(input: unknown, where: string): PartialConfig {
  return checkBy(partialSchema, input, where);
}

/** Words of configs that older Latentkits wrote. */
function renameOldWords(input: unknown): unknown {
  const { model } = (input ?? {}) as { model?: { likelihood?: { type?: unknown } } };
  if (model?.likelihood?.type !== 'l1') return input;
  const likelihood = { ...model.likelihood, type: 'absoluteError' };
  return { ...(input as object), model: { ...model, likelihood } };
}
