// Writes the figures of docs/results.md: trains each run of RUNS, keeps its rows in docs/results.json, and puts the page's
// tables in place, between marks. A test makes the short run anew and holds the page against the rows.
// Run: node packages/experiment/scripts/measure-results.js [--data-dir DIR with MNIST's files] [--only NAME] [--write-only]
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createAccelerator, startWasmBackend } from '@latentkit/backend';
import { findRecipe, modelSpecOf } from '@latentkit/experiment';
import { loadDataset } from '@latentkit/experiment/node';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';
import { version_core } from '@tensorflow/tfjs-core';

const PAGE = new URL('../../../docs/results.md', import.meta.url);
const ROWS = new URL('../../../docs/results.json', import.meta.url);

const SEEDS = [0, 1, 2, 3];

/** What is trained, by name: a recipe, its dataset, and what is changed of its training. */
export const RUNS = {
  'digits-short': {
    recipe: 'digits-dense',
    dataset: { name: 'digits', limit: 1000 },
    training: { epochs: 1 },
  },
  'keras-dense': { recipe: 'keras-dense', dataset: { name: 'mnist' }, training: {} },
  'keras-dense-elbo': { recipe: 'keras-dense', dataset: { name: 'mnist' }, training: { beta: 1 } },
  'keras-conv': { recipe: 'keras-conv', dataset: { name: 'mnist' }, training: { epochs: 4 } },
  ...Object.fromEntries(
    SEEDS.map((seed) => [
      `keras-conv-seed-${seed}`,
      { recipe: 'keras-conv', dataset: { name: 'mnist' }, training: { epochs: 2, seed } },
    ]),
  ),
};

/** The rows of a run's epochs, but for the seconds they took. */
export async function measureRun({ recipe, dataset: wanted, training: changes }, { dataDir } = {}) {
  const { model: parts, training } = findRecipe(recipe);
  const dataset = await loadDataset({ ...wanted, ...(wanted.name === 'mnist' && dataDir && { dataDir }) });
  await startWasmBackend();
  const accelerator = await createAccelerator();
  const model = createModel(modelSpecOf({ model: parts }, dataset.train.shape));
  const rows = [];
  try {
    for await (const event of train({ model, dataset, ...training, ...changes, accelerator })) {
      if (event.type !== 'epoch') continue;
      const { type: _, seconds: __, ...row } = event;
      rows.push(row);
    }
  } finally {
    await accelerator.close();
  }
  return rows;
}

const BLOCKS = {
  measured: ({ measured: { date, machine, cores, node, tfjs } }) =>
    `Measured on ${date}: ${machine}, ${cores} cores; Node ${node}, tfjs-core ${tfjs}; PyTorch 1.13, 1 thread.`,
  'digits-short': ({ runs }) =>
    `${fixed(runs['digits-short'][0].loss)} and ${fixed(runs['digits-short'][0].valLoss)}`,
  'keras-dense': ({ runs }) => {
    const loss = (name, epoch) => fixed(runs[name][epoch - 1].loss);
    return table([
      ['training loss after', 'published (Keras)', 'PyTorch, 4 seeds (3 with beta 1)', 'Latentkit, seed 42'],
      ['beta 0.5, epoch 1', '210.2', '210.4 to 211.0', loss('keras-dense', 1)],
      ['beta 0.5, epoch 10', '154.10', '154.6 to 155.2', `**${loss('keras-dense', 10)}**`],
      ['beta 1 (the ELBO), epoch 1', '', '213.4 to 216.2', loss('keras-dense-elbo', 1)],
      ['beta 1 (the ELBO), epoch 10', '', '157.4 to 159.0', `**${loss('keras-dense-elbo', 10)}**`],
    ]);
  },
  'keras-dense-elbo': ({ runs }) => {
    const { valLoss, valReconstruction, valKl } = runs['keras-dense-elbo'].at(-1);
    return `${fixed(valLoss)} (PyTorch 157.4 to\n159.3), reconstruction ${fixed(valReconstruction)} and KL ${fixed(valKl)}`;
  },
  'keras-conv': ({ runs }) => {
    const { name, all } = otherSeeds(runs);
    const losses = (epoch) => span(all.map((rows) => rows[epoch - 1].valLoss));
    return table([
      ['validation loss after epoch', '1', '2', '3', '4'],
      ['Latentkit, seed 42, the default', ...runs['keras-conv'].map(({ valLoss }) => fixed(valLoss))],
      [`Latentkit, ${name} (\`--seed N --epochs 2\`)`, losses(1), losses(2), '', ''],
      ['PyTorch, seeds 0 to 3 (seed 1 from epoch 3)', '195.3 to 204.5', '182.9 to 201.5', '174.7', '169.9'],
    ]);
  },
  'keras-conv-first': ({ runs }) => {
    const { name, all } = otherSeeds(runs);
    const own = `its training loss after epoch 1 is ${runs['keras-conv'][0].loss.toFixed(1)}`;
    return `${own},\nthat of ${name} is ${span(all.map(([row]) => row.loss))} (PyTorch: 228.1 to 233.6)`;
  },
};

/** The page with each block, from `<!-- name -->` to `<!-- end -->`, as the rows give it. */
export function writeResults(page, results) {
  return page.replace(/<!-- ([\w-]+) -->(\n?)[\s\S]*?\n?<!-- end -->/g, (_, name, line) => {
    const block = BLOCKS[name];
    if (!block) throw new Error(`docs/results.md: there is no block '${name}'`);
    return `<!-- ${name} -->${line}${block(results)}${line}<!-- end -->`;
  });
}

/** The runs of other seeds that were measured, and what to call them. */
function otherSeeds(runs) {
  const seeds = SEEDS.filter((seed) => runs[`keras-conv-seed-${seed}`]);
  const name = seeds.length > 1 ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seed ${seeds[0]}`;
  return { name, all: seeds.map((seed) => runs[`keras-conv-seed-${seed}`]) };
}

function span(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? least.toFixed(1) : `${least.toFixed(1)} to ${most.toFixed(1)}`;
}

function fixed(value) {
  return value.toFixed(2);
}

function table([head, ...rows]) {
  const line = (cells) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      only: { type: 'string' },
      'write-only': { type: 'boolean' },
    },
  });
  const results = JSON.parse(await readFile(ROWS, 'utf8').catch(() => '{"runs": {}}'));
  for (const [name, run] of Object.entries(RUNS)) {
    if (values['write-only'] || (values.only && values.only !== name)) continue;
    results.runs[name] = await measureRun(run, { dataDir: values['data-dir'] });
    console.log(`${name}: ${results.runs[name].map(({ valLoss }) => fixed(valLoss)).join(', ')}`);
    results.measured = {
      ...{
        date: new Date().toISOString().slice(0, 10),
        machine: cpus()[0].model.trim(),
        cores: cpus().length,
      },
      ...{ node: process.versions.node, tfjs: version_core },
    };
    await writeFile(ROWS, `${JSON.stringify(results, null, 2)}\n`);
  }
  await writeFile(PAGE, writeResults(await readFile(PAGE, 'utf8'), results));
}
