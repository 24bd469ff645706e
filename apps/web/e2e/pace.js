import { createAccelerator } from '@latentkit/backend';
import { loadNamedDataset } from '@latentkit/experiment';
import { findRecipe, modelSpecOf } from '@latentkit/experiment/config';
import { createModel } from '@latentkit/models';
import { train } from '@latentkit/trainers';

/**
 * Times of each kind, one after the other: what else the machine does is then the same for all. More of them, and all epochs of the
 * tour's recipe, where nothing else is asked for.
 */
const HOW_LONG = { gate: { rounds: 1, epochs: 5 }, alone: { rounds: 5, epochs: 10 } };
/** What is wanted with one thread each, and what is asserted: a machine has other work, of which a page with its processes feels more. */
const [WANTED, MOST_EVER] = [1.15, 2.5];

/** Said before the worker's own script: what a part of the lab costs is seen where it is gone. */
const WITHOUT = {
  saving: 'navigator.storage.getDirectory = undefined;',
  pictures: `{ const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message, ...rest) { if (message?.type !== 'weights') post.call(this, message, ...rest); }; }`,
  counters: `{ const post = self.postMessage; let told = 0;
    self.postMessage = (message, ...rest) => {
      if (message?.event?.type === 'steps') {
        if (performance.now() - told < 1000) return;
        told = performance.now();
      }
      post.call(self, message, ...rest);
    }; }`,
};
const KINDS = [
  { what: 'as a person sees it', without: [] },
  { what: 'without saving', without: ['saving'] },
  { what: 'without saving and pictures', without: ['saving', 'pictures'] },
  { what: 'and with one look a second at its counters', without: ['saving', 'pictures', 'counters'] },
];

/** Images a second, as the page counts them: from the beginning of the training to its last step. */
async function paceInNode(threads, epochs) {
  const { training, model: fields, dataset: use } = findRecipe('digits-tour');
  const dataset = await loadNamedDataset({ name: 'digits', ...use });
  const model = createModel(modelSpecOf({ model: fields }, dataset.train.shape));
  // As a browser's WebAssembly is: pairs of vectors are not joined for AVX.
  const accelerator = await createAccelerator({ workers: threads, revectorize: false });
  const start = performance.now();
  let images = 0;
  let last = start;
  for await (const event of train({ model, dataset, ...training, epochs, accelerator })) {
    if (event.type !== 'step') continue;
    images += event.images;
    last = performance.now();
  }
  await accelerator.close();
  return (1000 * images) / (last - start);
}

async function paceInPage({ open }, without, epochs) {
  const { page, context } = await open({
    hash: `#/?epochs=${epochs}&v=1`,
    workerScript: without.map((part) => WITHOUT[part]).join('\n'),
  });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.locator('[data-fingerprint]').waitFor();
  const pace = await page.getByText(/images\/s/).textContent();
  const threads = await page.getByText(/^\d+ threads?$/).textContent();
  await context.close();
  return { pace: Number(pace.replace(/\D/g, '')), threads: Number.parseInt(threads, 10) };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function comparePaces(lab, wanted) {
  const found = new Map(KINDS.map(({ what }) => [what, []]));
  const inNode = [];
  let threads = 1;
  const { rounds, epochs } = HOW_LONG[lab.isAlone ? 'alone' : 'gate'];
  for (let round = 0; round < rounds; round++) {
    for (const { what, without } of KINDS) {
      // All parts in turn take a while; a gate wants to know the whole.
      if (without.length > 0 && !lab.isAlone) continue;
      const measured = await paceInPage(lab, without, epochs);
      found.get(what).push(measured.pace);
      ({ threads } = measured);
    }
    inNode.push(await paceInNode(threads, epochs));
  }
  // Of each round: other work comes and goes.
  const ratioOf = (what) => median(found.get(what).map((pace, round) => inNode[round] / pace));
  const lines = [...found].flatMap(([what, paces]) => {
    if (paces.length === 0) return [];
    return `${what}: ${ratioOf(what).toFixed(2)} times Node's time (${paces.map((pace) => pace.toFixed(0)).join(', ')} images/s)`;
  });
  const asked = wanted ? `; ${wanted} wanted` : '';
  if (!(ratioOf(KINDS[0].what) < MOST_EVER)) throw new Error(`${lines[0]}${asked}`);
  const inNodes = inNode.map((pace) => pace.toFixed(0)).join(', ');
  return [
    `Node without AVX, ${threads === 1 ? 'one thread' : `${threads} threads`}: ${inNodes} images/s${asked}`,
    ...lines,
  ];
}

export const PACE_CHECKS = [
  {
    name: "pace: training in the page beside Node's, one thread each, and where its time goes",
    isTimed: true,
    isolated: false,
    run: (lab) => comparePaces(lab, WANTED),
  },
  {
    // The page's own work then has no core to itself.
    name: "pace: the same on all of the machine's threads",
    isTimed: true,
    isExtra: true,
    run: (lab) => comparePaces(lab),
  },
];
