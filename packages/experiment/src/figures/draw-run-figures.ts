import type { Dataset } from '@latentkit/core';
import {
  anything,
  checkOptions,
  having,
  listRule,
  needed,
  type OptionRules,
  seedRule,
} from '@latentkit/core/options';
import { limitImages } from '@latentkit/datasets';
import { createModel, type TrainedModel } from '@latentkit/models';
import type { TermInfo } from '@latentkit/objectives';
import type { MetricsRow } from '@latentkit/trainers';
import type { FigureResult } from './figure-result.ts';
import type { FigureSubject } from './run-figure.ts';
import { RUN_FIGURES } from './run-figures.ts';

const ENCODED = 10_000; // images whose codes are looked at

export interface RunFiguresOptions {
  trained: TrainedModel;
  dataset: Dataset;
  history: readonly MetricsRow[];
  /** What is said of the loss's terms: those of training's start event. */
  terms?: readonly TermInfo[];
  /** Of the random samples. */
  seed: number;
  /** Epochs of the loss curves' moving average; 1, none, by default. */
  smoothing?: number;
}

const RULES: OptionRules<RunFiguresOptions> = {
  trained: needed(having('a trained model', { spec: 'object', encode: 'function', decode: 'function' })),
  dataset: needed(having('a dataset', { train: 'object', validation: 'object' })),
  history: needed(listRule),
  terms: anything,
  seed: seedRule,
  smoothing: anything,
};

/**
 * The figures of a finished run, those of `RUN_FIGURES`: losses, reconstructions, random samples, the decoded latent grid, and
 * the codes of the test images and what they carry (the validation images where there are no others). One that a model cannot have comes with the reason instead.
 *
 * @throws `E_SHAPE` for an empty history, and for images of another shape than the model's; `E_RANGE` for a smoothing
 * that is no whole number of at least 1.
 * @example
 * for (const figure of drawRunFigures({ trained, dataset, history, seed: 42 })) {
 *   if ('svg' in figure) await writeFile(`${figure.name}.svg`, figure.svg);
 * }
 */
export function drawRunFigures(options: RunFiguresOptions): FigureResult[] {
  checkOptions('drawRunFigures', options, RULES);
  const { trained, dataset, history, terms = [], seed, smoothing = 1 } = options;
  const { validation, test } = dataset;
  // What neither taught the model nor chose its epoch, where there is such.
  const [shown, what] = test ? [test, 'test' as const] : [validation, 'validation' as const];
  const encoded = limitImages(shown, ENCODED);
  const { condition } = trained.spec;
  const codes = trained.encode(encoded.images, condition && { label: encoded.labels });
  const model = createModel(trained.spec);
  const subject: FigureSubject = {
    ...{ model, trained, dataset, shown, what, encoded, codes, prior: trained.prior() },
    ...{ history, terms, seed, smoothing },
  };
  return RUN_FIGURES.map(({ name, title, needs, draw }): FigureResult => {
    const missing = needs(model, dataset);
    return missing === undefined ? { name, title, ...draw(subject) } : { name, title, missing };
  });
}
