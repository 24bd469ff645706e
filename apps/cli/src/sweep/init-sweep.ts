import { LatentkitError } from '@latentkit/core';
import { isThere, writeAtomically } from '@latentkit/formats/node';
import { paint, printable, quoteArgument, talk } from '@latentkit/terminal';

const SAMPLE = `{
  // What all trials have in common: a recipe, and any part of a config.
  "recipe": "digits-dense",
  "config": { "dataset": { "limit": 500 } },

  // What they differ in: a list, { "from", "to" } or { "log": [from, to] }.
  "ranges": {
    "latentDim": [2, 5, 10],
    "learningRate": { "log": [1e-3, 3e-2] }
  },

  // sobol, random, grid, halving, hyperband or tpe.
  "strategy": "halving",
  "budget": { "trials": 9, "epochs": 9 }
}
`;

/** Writes a small sweep to begin with. */
export async function initSweep(path = 'sweep.json'): Promise<void> {
  if (await isThere(path)) {
    throw new LatentkitError('E_EXISTS', `there is a ${path} already`, {
      fix: 'Name another file: sweep init other.json',
    });
  }
  await writeAtomically(path, SAMPLE);
  talk(`Wrote ${paint('bold', printable(path))}. Train it: latentkit sweep ${quoteArgument(path)}`);
}
