import { didYouMean, LatentkitError } from '@latentkit/core';
import * as v from 'valibot';
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
  const result = v.safeParse(configSchema, input);
  if (result.success) return checkTogether(result.output, where);
  const issue = result.issues[0];
  const field = v.getDotPath(issue) ?? 'the whole';
  if (issue.expected === 'never' && issue.type === 'strict_object') {
    const name = field.split('.').at(-1)!;
    const known = knownFields(issue);
    throw new LatentkitError('E_CONFIG', `${where}: there is no field ${field}`, {
      fix: didYouMean(name, known),
    });
  }
  const expected = issue.expected ?? issue.requirement;
  throw new LatentkitError('E_CONFIG', `${where}: ${field} must be ${expected}, got ${issue.received}`);
}

/** What no single field can tell. */
function checkTogether(config: ExperimentConfig, where: string): ExperimentConfig {
  if (config.model.kind === 'autoencoder' && config.training.beta !== undefined) {
    throw new LatentkitError(
      'E_CONFIG',
      `${where}: training.beta weighs a KL, which a plain autoencoder does not have`,
      {
        fix: "Leave beta out, or use model.kind 'vae'",
      },
    );
  }
  return config;
}

function knownFields(issue: v.BaseIssue<unknown>): string[] {
  const parent = issue.path?.at(-1)?.input;
  const path = issue.path?.slice(0, -1).map(({ key }) => String(key)) ?? [];
  let schema: unknown = configSchema;
  for (const key of path) schema = entriesOf(schema, parent)[key];
  return Object.keys(entriesOf(schema, parent));
}

/** The fields of an object's schema; of a variant, those of the option that the input chose. */
function entriesOf(schema: unknown, input: unknown): Record<string, unknown> {
  const { wrapped, entries, options, key } = schema as {
    wrapped?: unknown;
    entries?: Record<string, unknown>;
    options?: { entries: Record<string, { literal?: unknown; options?: unknown[] }> }[];
    key?: string;
  };
  if (wrapped) return entriesOf(wrapped, input);
  if (entries) return entries;
  const chosen = (input as Record<string, unknown> | undefined)?.[key ?? ''];
  const option = options?.find(({ entries: own }) => {
    const discriminator = own[key ?? ''];
    return discriminator?.literal === chosen || discriminator?.options?.includes(chosen);
  });
  return option?.entries ?? {};
}
