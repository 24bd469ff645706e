import { checkBy } from '@latentkit/core/schema';
import { configSchema, type ExperimentConfig } from './config-schema.ts';

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

/** Words of configs that older Latentkits wrote. */
function renameOldWords(input: unknown): unknown {
  const { model } = (input ?? {}) as { model?: { likelihood?: { type?: unknown } } };
  if (model?.likelihood?.type !== 'l1') return input;
  const likelihood = { ...model.likelihood, type: 'absoluteError' };
  return { ...(input as object), model: { ...model, likelihood } };
}
