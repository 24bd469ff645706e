import { type OptionRule, type OptionRules, objectRule, textRule } from '@latentkit/core/options';

export interface ExportHubOptions {
  /** The model's name, its card's headline; 'Latentkit VAE' by default. */
  name?: string;
  /** An SPDX identifier in small letters, as the Hub has them: 'mit'. Without one nobody may use what is published. */
  license?: string;
  /** What it was trained on, in words: 'MNIST'. */
  dataset?: string;
  /** The command that trains it again. */
  command?: string;
  /** What was measured on images that it did not learn from, by name, in nats or as the name says. */
  metrics?: Readonly<Record<string, number>>;
  /** PNG pictures by name, shown in the card and put into `figures`. */
  pictures?: Readonly<Record<string, Uint8Array>>;
}

const FILE_NAME = /^[\w-][\w.-]*$/;

function eachOf(what: string, fits: (name: string, value: unknown) => boolean): OptionRule {
  return {
    ...{ be: `be ${what}`, code: 'E_RANGE' },
    fits: (value) =>
      objectRule.fits(value) && Object.entries(value as object).every(([name, each]) => fits(name, each)),
  };
}

export const RULES: OptionRules<ExportHubOptions> = {
  name: textRule,
  license: textRule,
  dataset: textRule,
  command: textRule,
  metrics: eachOf('finite numbers by name', (_, value) => Number.isFinite(value)),
  pictures: eachOf(
    "PNG files' bytes by file names",
    (name, value) => FILE_NAME.test(name) && value instanceof Uint8Array,
  ),
};
