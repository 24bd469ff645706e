import { expect, it } from 'vitest';
import { describeFields } from './describe-fields.ts';
import {
  fields,
  flag,
  list,
  named,
  oneOf,
  optional,
  rule,
  scheduleSchema,
  share,
  text,
  whole,
  word,
} from './schema.ts';

const optimizer = named(
  'name',
  ['adam', 'sgd'],
  [fields({ name: word('adam'), beta1: optional(share()) }), fields({ name: word('sgd'), nesterov: flag() })],
);
const schema = rule(
  fields({
    recipe: text(),
    training: fields({ epochs: whole(1, 9), rate: scheduleSchema, optimizer }),
    hidden: list(whole(1)),
    keep: optional(oneOf(['best', 'last'])),
    clip: optional(fields({ norm: share() })),
  }),
  () => undefined,
);

const value = {
  recipe: 'a',
  training: { epochs: 3, rate: 0.1, optimizer: { name: 'adam' } },
  hidden: [4],
};

it('names every field, those left out too, with what it may be', () => {
  expect(describeFields(schema, value)).toEqual([
    { path: 'recipe', kind: 'text', value: 'a', isOptional: false },
    {
      path: 'training.epochs',
      kind: 'number',
      value: 3,
      isOptional: false,
      least: 1,
      most: 9,
      isWhole: true,
    },
    { path: 'training.rate', kind: 'number', value: 0.1, isOptional: false, least: 0 },
    {
      ...{ path: 'training.optimizer.name', kind: 'choice', value: 'adam', isOptional: false },
      ...{ options: ['adam', 'sgd'], kinds: { adam: ['beta1'], sgd: ['nesterov'] } },
    },
    {
      ...{ path: 'training.optimizer.beta1', kind: 'number', value: undefined, isOptional: true },
      ...{ least: 0, most: 1 },
    },
    { path: 'hidden', kind: 'json', value: [4], isOptional: false },
    { path: 'keep', kind: 'choice', value: undefined, isOptional: true, options: ['best', 'last'] },
    { path: 'clip', kind: 'json', value: undefined, isOptional: true },
  ]);
});

it('has the fields of the kind that is chosen', () => {
  const training = {
    ...value.training,
    rate: { type: 'cosine', from: 1, to: 0 },
    optimizer: { name: 'sgd' },
  };
  const paths = describeFields(schema, { ...value, training, clip: { norm: 0.5 } }).map(({ path }) => path);
  expect(paths).toContain('training.optimizer.nesterov');
  expect(paths).not.toContain('training.optimizer.beta1');
  expect(paths).toEqual(expect.arrayContaining(['training.rate.type', 'training.rate.epochs', 'clip.norm']));
});

it('describes what does not fit as far as it goes', () => {
  expect(() =>
    describeFields(schema, { training: { optimizer: { name: 'lion' } }, hidden: 3 }),
  ).not.toThrow();
  expect(() => describeFields(schema, null)).not.toThrow();
});
