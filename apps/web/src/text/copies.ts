import { type ExperimentConfig, repeatCommand } from '@latentkit/experiment/config';

/** A run as something to take away. */
export interface Copy {
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  text(config: ExperimentConfig, link: string): string;
}

export const COPIES: readonly Copy[] = [
  {
    name: 'Link',
    about: 'opens this very run, and says when its weights are the same',
    text: (_, link) => link,
  },
  {
    name: 'Command',
    about: 'trains it in a terminal, with the same weights',
    text: (config) => `pnpm app:cli ${repeatCommand(config)}`,
  },
  { name: 'JavaScript', about: 'trains it in a program', text: (config) => asJavaScript(config) },
  { name: 'JSON', about: 'the config, for a file', text: (config) => JSON.stringify(config, null, 2) },
];

function asJavaScript(config: ExperimentConfig): string {
  const [imports, load] =
    config.dataset.name === 'arrays'
      ? [
          `import { importSets } from '@latentkit/datasets/import';
import { filesOf } from '@latentkit/datasets/node';
import { datasetOfSets, imageLooks, modelSpecOf, parseConfig } from '@latentkit/experiment';`,
          `const sets = await importSets(filesOf('pictures'), imageLooks(config.dataset));
const dataset = datasetOfSets(sets, config.dataset);`,
        ]
      : [
          `import { loadNamedDataset, modelSpecOf, parseConfig } from '@latentkit/experiment';`,
          `const dataset = await loadNamedDataset(config.dataset);`,
        ];
  return `import { createAccelerator } from '@latentkit/backend';
${imports}
import { createModel } from '@latentkit/models';
import { createObjective } from '@latentkit/objectives';
import { train } from '@latentkit/trainers';

const config = parseConfig(${JSON.stringify(config, null, 2)});
${load}
const model = createModel(modelSpecOf(config, dataset.train.shape));
const objective = createObjective(model, config.objective, { examples: dataset.train.count });
const accelerator = await createAccelerator();
for await (const event of train({ model, dataset, objective, ...config.training, accelerator })) {
  if (event.type === 'epoch') console.log(event.epoch, event.loss, event.valLoss);
}
await accelerator.close();
`;
}
