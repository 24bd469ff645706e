import { digitsDataset } from '@latentkit/datasets';
import { encodeZip } from '@latentkit/formats';
import { createModel, type ModelSpec } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import { expect, it } from 'vitest';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { readZippedRun } from './read-zipped-run.ts';

const net = { type: 'mlp', hidden: [4], activation: 'relu' } as const;
const DIGITS_SPEC = {
  ...TINY_SPEC,
  ...{ image: { height: 28, width: 28, channels: 1 }, encoder: net, decoder: net },
};
const going = new AbortController().signal;

function filesOf(spec: ModelSpec, folder = ''): { name: string; bytes: Uint8Array }[] {
  const files = saveModel({ spec, weights: createModel(spec).initialize(1), epoch: 1 });
  return Object.entries(files).map(([name, content]) => ({
    name: folder + name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
}
const config = (dataset: object) => ({
  name: 'run/config.json',
  bytes: new TextEncoder().encode(JSON.stringify({ dataset })),
});

it('draws the digits that a run of them was judged by, and brings none for other data', async () => {
  const zip = (dataset: object) => encodeZip([...filesOf(DIGITS_SPEC, 'run/'), config(dataset)]);
  const { images, labels, count } = (await readZippedRun(zip({ name: 'digits' }), 'a.zip', going)).images;
  const { validation } = digitsDataset({ train: 0 });
  expect(count).toBe(validation.count);
  expect(Buffer.compare(images as Uint8Array, validation.images)).toBe(0);
  expect(labels).toEqual(validation.labels);
  expect((await readZippedRun(zip({ name: 'mnist' }), 'a.zip', going)).images.count).toBe(0);
});

it('refuses several runs, one of a table, no model, and what is no ZIP, by the name of the file', async () => {
  const two = encodeZip([...filesOf(TINY_SPEC, 'a/'), ...filesOf(TINY_SPEC, 'b/')]);
  await expect(readZippedRun(two, 'two.zip', going)).rejects.toThrow('two.zip holds 2 models');
  const columns = [{ type: 'gaussian', name: 'age', mean: 0, deviation: 1 }] as const;
  const table: ModelSpec = {
    ...TINY_SPEC,
    image: { height: 1, width: 1, channels: 1 },
    likelihood: { type: 'columns', output: 'linear', columns },
  };
  await expect(readZippedRun(encodeZip(filesOf(table)), 'trees.zip', going)).rejects.toThrow(
    'trees.zip is a run of a table',
  );
  const none = encodeZip([config({ name: 'digits' })]);
  await expect(readZippedRun(none, 'none.zip', going)).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  const text = new TextEncoder().encode('<!doctype html>');
  await expect(readZippedRun(text, 'page.zip', going)).rejects.toThrow('page.zip is no ZIP');
});

it('stops where nobody wants it any more', async () => {
  const zip = encodeZip([...filesOf(DIGITS_SPEC, 'run/'), config({ name: 'digits' })]);
  await expect(readZippedRun(zip, 'a.zip', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
