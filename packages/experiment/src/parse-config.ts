import { LatentkitError } from '@latentkit/core';
import * as v from 'valibot';
import { configSchema, type ExperimentConfig } from './config-schema.ts';
import { describeIssue } from './describe-issue.ts';
import { must, text } from './schema-parts.ts';

/**
 * A config from untrusted JSON, every field checked; unknown fields are errors, as they are mostly misspelt ones.
 *
 * @param where what to call the source in an error: a file's name.
 * @throws `E_CONFIG` naming the first field that does not fit, what was expected and what was got.
 * @example
 * const config = parseConfig(JSON.parse(text), 'config.json');
 */
export function parseConfig(input: unknown, where = 'config'): ExperimentConfig {
  const { success, output, issues } = v.safeParse(configSchema, input);
  if (!success) throw new LatentkitError('E_CONFIG', `${where}: ${describeIssue(issues)}`);
  checkTogether(output, where);
  return output;
}

/** A config file: any part of a config. Its fields are checked once it is merged with the rest. */
export type PartialConfig = v.InferOutput<typeof partialSchema>;

const anyFields = () =>
  v.optional(
    v.custom<Record<string, unknown>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      must('be an object'),
    ),
  );
const partialSchema = v.looseObject({
  recipe: v.optional(text()),
  ...{ dataset: anyFields(), model: anyFields(), training: anyFields() },
});

/**
 * Part of a config from untrusted JSON: which parts there are, and that they have fields.
 *
 * @throws `E_CONFIG` naming the part that cannot be.
 */
export function parsePartialConfig(input: unknown, where: string): PartialConfig {
  const { success, output, issues } = v.safeParse(v.pipe(anyFields(), partialSchema), input);
  if (!success) throw new LatentkitError('E_CONFIG', `${where}: ${describeIssue(issues)}`);
  return output;
}

/** What no single field can tell. */
function checkTogether({ model, training }: ExperimentConfig, where: string): void {
  const { optimizer } = training;
  if (model.kind === 'autoencoder' && training.beta !== undefined) {
    throw new LatentkitError(
      'E_CONFIG',
      `${where}: training.beta weighs a KL, which a plain autoencoder does not have`,
      { fix: "Leave beta out, or use model.kind 'vae'" },
    );
  }
  if (model.kind === 'vae' && model.latentActivation !== undefined) {
    throw new LatentkitError('E_CONFIG', `${where}: model.latentActivation is for model.kind 'autoencoder'`, {
      fix: 'Leave it out: a mean and a log variance may be any numbers',
    });
  }
  if (optimizer.name === 'sgd' && optimizer.nesterov && !optimizer.momentum) {
    throw new LatentkitError('E_CONFIG', `${where}: training.optimizer.nesterov needs a momentum above 0`, {
      fix: 'Add momentum, say 0.9, or leave nesterov out',
    });
  }
}
