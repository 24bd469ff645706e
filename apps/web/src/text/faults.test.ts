import { createAccelerator } from '@latentkit/backend';
import { type ErrorCode, LatentkitError, unpackError } from '@latentkit/core';
import { createMemoryRunStore, openOpfsRunStore } from '@latentkit/experiment/store';
import { encodeNpy, encodeZip, readZip } from '@latentkit/formats';
import { createModel } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import { train } from '@latentkit/trainers';
import { expect, it } from 'vitest';
import { loadOwnFiles } from '../data/load-own-files.ts';
import { checkConfig } from '../lab/check-config.ts';
import { readRun } from '../lab/open-run.ts';
import { configOf, FIRST_SETTING, withChange } from '../state/setting.ts';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { sayError, sayFault, sayNote } from './faults.ts';

type Files = Readonly<Record<string, Uint8Array>>;
const picked = (files: Files) =>
  Object.entries(files).map(([name, bytes]) => ({
    name,
    file: new File([bytes as Uint8Array<ArrayBuffer>], name),
  }));
const open = (files: Files) => readRun({ name: 'mine', files: picked(files) });
const learnFrom = (files: Files) => loadOwnFiles(picked(files), { name: 'arrays' });
const npyOf = (shape: number[]) =>
  encodeNpy({ shape, data: new Uint8Array(shape.reduce((product, size) => product * size, 1)) });
const saved = () => saveModel({ spec: TINY_SPEC, weights: createModel(TINY_SPEC).initialize(1), epoch: 1 });
const textOf = (text: string) => new TextEncoder().encode(text);
const change = (path: string, value: unknown) => withChange(FIRST_SETTING, path, value);

/** Does what a person may do, and gives what is thrown. */
async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const set = { shape: TINY_SPEC.image, count: 4, images: new Uint8Array(64).fill(200) };
async function trainTiny(changes = {}) {
  const options = { dataset: { name: 'tiny', train: set, validation: set }, epochs: 3, batchSize: 4 };
  const accelerator = await createAccelerator({ workers: 1 });
  for await (const _ of train({ model: createModel(TINY_SPEC), ...options, accelerator, ...changes }));
}
/** As the page has it from the worker that looks. */
function check(path: string, value: unknown): never {
  const { fault } = checkConfig(configOf(change(path, value)));
  throw fault === undefined ? new Error('nothing is wrong with it') : unpackError({ ...NO_STACK, ...fault });
}
const NO_STACK = { name: 'LatentkitError', stack: undefined };
const withFile = (name: string, bytes: Uint8Array) => open({ ...saved(), [name]: bytes });
const newer = () =>
  new TextDecoder().decode(saved()['model.json']).replace(/"version": ?\d+/, '"version": 99');
const zip = encodeZip([{ name: 'model.json', bytes: new Uint8Array(3e6) }]);

/** What a person may do that cannot be, and what the page says of it. */
const CASES: readonly [what: string, act: () => unknown, words: string | RegExp][] = [
  [
    'a damaged ZIP',
    () => open({ 'run.zip': Uint8Array.of(80, 75, 3, 4, 0, 0, 0) }),
    'This ZIP cannot be read: it has no directory at its end, and is cut off or no ZIP. Get it anew, or pack it anew.',
  ],
  [
    'a ZIP of too much',
    () => readZip(zip, { maxBytes: 2e6 }),
    'Its files come to 3 MB, expected at most 2 MB. Unpack it and take the folder.',
  ],
  [
    'weights alone',
    () => open({ 'w.safetensors': Uint8Array.of(1) }),
    'Expected model.json and model.safetensors together, got w.safetensors. Give both files of the model, or the whole folder of its run.',
  ],
  [
    'weights that are cut off',
    () => withFile('model.safetensors', Uint8Array.of(1, 2, 3)),
    'model.safetensors: expected 8 bytes of header length, got a file of 3 bytes. The file is cut off: get it anew.',
  ],
  [
    'a model of a newer Latentkit',
    () => withFile('model.json', textOf(newer())),
    'model.json: expected version 2 at most, got 99: written by a newer Latentkit. Update Latentkit to load it.',
  ],
  [
    'a model that is none',
    () => withFile('model.json', textOf('{}')),
    "model.json: format is missing: it must be 'latentkit-model'.",
  ],
  [
    'a recipe that there is none of',
    () => configOf({ ...FIRST_SETTING, recipe: 'digits-tuor' }),
    "There is no recipe 'digits-tuor'. Did you mean 'digits-tour'?",
  ],
  [
    'a link into a number',
    () => configOf({ ...FIRST_SETTING, changes: { 'training.epochs.more': 3 } }),
    'The link training.epochs.more: “Epochs” is 10, which has no fields.',
  ],
  ['no epochs', () => check('training.epochs', 0), '“Epochs” must be a whole number of at least 1, got 0.'],
  [
    'a field that there is none of',
    () => check('training.speed', 1),
    "There is no field training.speed. Did you mean 'seed'?",
  ],
  [
    'a layer of nothing',
    () => check('model.encoder.hidden', [0]),
    '“Dense layers (encoder)” must be a whole number of at least 1, got 0.',
  ],
  [
    'part of a cut',
    () => check('training.rateCut', [{ after: 1 }]),
    '“Cut it to” is missing: it must be a number above 0.',
  ],
  [
    'an optimizer that there is none of',
    () => check('training.optimizer.name', 'adma'),
    "“Optimizer” must be 'adam', 'adamax', 'rmsprop' or 'sgd', got 'adma'. Did you mean 'adam'?",
  ],
  [
    'a network beyond all bounds',
    () => check('model.latentDim', 1e9),
    "Expected at most 268,435,456 parameters, got 128,000,233,856 with 'encoder.mean.kernel' of [128, 1,000,000,000]. Take a smaller one.",
  ],
  [
    'settings of two minds',
    () => check('objective', { type: 'betaTc', totalCorrelation: 2 }),
    "“Beta” weighs the KL of the objective 'elbo', and “Objective” is 'betaTc'. Leave beta out.",
  ],
  [
    'a rate that blows up',
    () => trainTiny({ learningRate: 1e30, optimizer: { name: 'sgd' } }),
    'The validation loss became NaN after epoch 1 (learning rate 1e+30). Lower the learning rate, clip the gradients, or look for NaN and huge values in the data.',
  ],
  [
    'more images a batch than there are',
    () => trainTiny({ batchSize: 64 }),
    'The batch size 64 exceeds the 4 training examples. Use a batch size of at most 4.',
  ],
  [
    'images of another size',
    () => trainTiny({ model: createModel({ ...TINY_SPEC, image: { ...TINY_SPEC.image, width: 5 } }) }),
    "The model reads images of [4, 5, 1], the dataset's train images are [4, 4, 1].",
  ],
  ['no files', () => learnFrom({}), /^There are no files\. Give images \(PNG, .* of an image a row\.$/],
  [
    'a diary',
    () => learnFrom({ 'diary.txt': textOf('hello world') }),
    /^This is no data: diary\.txt \(text, and no table of numbers\)\. Give images .* of an image a row\.$/,
  ],
  [
    'an array that is cut off',
    () => learnFrom({ 'x.npy': npyOf([4, 2, 2]).subarray(0, 130) }),
    'x.npy: it is damaged, or of a kind that is not read here. Get it anew.',
  ],
  [
    'rows that are no squares',
    () => learnFrom({ 'x.npy': npyOf([4, 17]) }),
    'x.npy: expected images, got rows of 17 numbers, which make no square.',
  ],
  [
    'text among numbers',
    () =>
      learnFrom({
        'x.csv': textOf(['3', 'x', '3'].map((cell) => `1,2,${cell},4${',5'.repeat(12)}\n`).join('')),
      }),
    'x.csv: line 2, column 3: expected a finite number, got "x". If this column holds classes, say so; other text is to be left out.',
  ],
  [
    'one image',
    () => learnFrom({ 'x.npy': npyOf([1, 2, 2]) }),
    'Expected 2 or more images, one to learn from and one to judge by, got 1.',
  ],
  [
    'a browser that keeps nothing',
    () => openOpfsRunStore(),
    'This browser keeps no files for this page. Open it over https and in no private window; what it makes here is gone with the page unless it is downloaded.',
  ],
  [
    'a name that Windows makes no folder of',
    () => createMemoryRunStore().rename('first', 'CON.zip'),
    "The name of a run must be no name that Windows has for a device (con, prn, aux, nul, com1 to com9, lpt1 to lpt9), with an ending or without, got 'CON.zip'.",
  ],
  [
    'a run that somebody else writes',
    async () => {
      const store = createMemoryRunStore();
      for (const name of ['20261129-a', '20261129-a']) await store.open(name);
    },
    '20261129-a is being written by another run. Wait for its end, or stop it.',
  ],
  [
    'what nobody foresaw',
    () => (undefined as unknown as { data: number }).data,
    'Something in this page failed. Load it anew.',
  ],
];

/** What only programmers know, in no sentence of the page. */
const OF_PROGRAMS = /\bE_[A-Z]|\w\(|--\w|\b(?:raise|readZip|train:|max[A-Z])/;

it.each(CASES)('%s', async (_, act, words) => {
  const error = (await thrownBy(act)) as LatentkitError;
  const said = sayError(error);
  if (typeof words === 'string') expect(said.words).toBe(words);
  else expect(said.words).toMatch(words); // what is read grows longer
  expect(said.words.replaceAll(/'[^']*'|"[^"]*"/g, '')).not.toMatch(OF_PROGRAMS);
  // What is left out is in what the program says.
  if (said.details !== undefined) expect(said.details).toContain(error.message);
});

it('has words for errors of each code that speak of the program, and shows these folded', () => {
  const codes: Readonly<Record<ErrorCode, true>> = {
    ...{ E_USAGE: true, E_UNKNOWN_NAME: true, E_CONFIG: true, E_RANGE: true, E_SHAPE: true, E_FORMAT: true },
    ...{ E_LIMIT: true, E_CHECKSUM: true, E_NETWORK: true, E_EXISTS: true, E_NOT_FOUND: true, E_IO: true },
    ...{ E_NOT_FINITE: true, E_BACKEND: true },
  };
  for (const code of Object.keys(codes) as ErrorCode[]) {
    const error = new LatentkitError(code, 'doIt: expected { shape, data }', {
      fix: 'Call fromArrays(data)',
    });
    const { words, details } = sayError(error, { lead: 'mine.zip cannot be opened' });
    expect(words).toMatch(/^mine\.zip cannot be opened: [a-z][^{(]+\.$/);
    expect(words).not.toMatch(OF_PROGRAMS);
    expect(details).toBe(`${code} ${error.message}`);
  }
});

it('leaves out what to do where that is offered beside it, and keeps it folded', () => {
  const fault = { code: 'E_LIMIT', message: 'there is no room. Take fewer', fix: 'Take fewer' } as const;
  expect(sayFault(fault)).toEqual({ words: 'There is no room. Take fewer.' });
  expect(sayFault(fault, { isMended: true })).toEqual({
    words: 'There is no room.',
    details: 'E_LIMIT there is no room. Take fewer',
  });
});

it('says of a file that is left out why, and no more than a person can use', () => {
  expect(sayNote('it is cut off', '')).toBe('it is cut off');
  expect(sayNote('parsePng: this PNG cannot be read: it is cut off', '')).toBe(
    'this PNG cannot be read: it is cut off',
  );
  expect(sayNote('expected a Uint8Array', 'it cannot be read')).toBe('it cannot be read');
});
