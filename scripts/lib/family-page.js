import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FAMILY } from './family.js';
import { ROOT } from './workspace.js';

const HEAD = `# What each variant is held against

A variant of [the family](family.md) is in when its formula stands with its paper, the contract suite holds it, another program's results or a closed form
do, and an example runs. A recipe and a row beside a published figure come where there is a figure to be had. This page is written by
\`pnpm docs:family\` from a list and from [reproduction.md](reproduction.md), where lengths of runs, seeds and what differs are told; a test holds that each
link leads to what it says, and another runs the examples.

*Contract* is a row of the suites of \`packages/testing\`: gradients against finite differences, the same bits eager and recorded, shapes, wrong input.

| variant | formula, paper | contract | held against | example | published, measured |
| --- | --- | --- | --- | --- | --- |
`;

const link = (path, text = basename(path)) => `[${text}](../${path})`;
const isCommand = (example) => example.startsWith('train');

/** `docs/family-checks.md`. */
export function familyPage() {
  const reproduction = readFileSync(join(ROOT, 'docs/reproduction.md'), 'utf8');
  const rows = FAMILY.map(({ name, source, contract, against, example, recipes }) => {
    const truths = [...new Set(against.map(([path, , what]) => link(path, what)))].join(', ');
    const figures = recipes.flatMap((recipe) => figureOf(recipe, reproduction) ?? []);
    const cells = [
      name,
      link(source[0]),
      link(contract[0]),
      truths,
      isCommand(example) ? `\`${example}\`` : link(example),
    ];
    return `| ${[...cells, figures.join('; ')].join(' | ')} |\n`;
  });
  return `${HEAD}${rows.join('')}`;
}

/** The last figure of a recipe's section, in words; none where it was not run, or has none. */
function figureOf(recipe, reproduction) {
  const section = reproduction.split(/^## /m).find((text) => text.startsWith(`${recipe}\n`));
  if (!section) return undefined;
  const figures = section.split('| figure |')[1]?.split('\n\n')[0].split('\n').slice(2);
  const cells = figures?.map((line) => line.split('|').map((cell) => cell.trim()));
  const compared = cells?.filter(([, name]) => name !== 'milliseconds a step').at(-1);
  if (!compared) return `[${recipe}](reproduction.md#${recipe}): a run without a published figure`;
  const [, name, published, measured] = compared;
  return `[${recipe}](reproduction.md#${recipe}), ${name}: ${published || 'none'}, ${measured}`;
}
