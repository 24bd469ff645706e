import { expect, it } from 'vitest';
import { FIRST_SETTING } from './setting.ts';
import { readLink, writeLink } from './url.ts';

it('says nothing of what is usual', () => {
  expect(writeLink({ place: 'train', setting: FIRST_SETTING })).toBe('#/');
  expect(readLink('')).toEqual({ place: 'train', setting: FIRST_SETTING, hidden: [], unknown: [] });
});

it.each([
  { recipe: 'keras-conv', dataset: 'mnist', changes: { 'training.beta': 4, 'training.seed': 7 } },
  {
    recipe: 'digits-dense',
    dataset: 'digits',
    changes: {
      'model.encoder': { type: 'mlp', hidden: [8, 4], activation: 'relu' },
      'training.learningRate': { type: 'cosine', from: 0.1, to: 0 },
    },
  },
  { recipe: 'digits-tour', dataset: 'digits', changes: { 'training.keep': 'last', 'dataset.limit': 100 } },
])('reads what it writes: %j', (setting) => {
  const link = { place: 'map', setting, fingerprint: '3f9a8b7c6d5e4f30' } as const;
  expect(readLink(writeLink(link))).toEqual({ ...link, hidden: [], unknown: [] });
});

it('is short and readable', () => {
  const setting = { ...FIRST_SETTING, changes: { 'training.beta': 4, 'model.latentDim': 8 } };
  expect(writeLink({ place: 'train', setting })).toBe('#/?beta=4&codes=8&v=1');
});

it('names what it does not know, and reads the rest', () => {
  const link = readLink('#/maps?beta=4&colour=red&training.__proto__=1&w=zzz&v=9');
  expect(link.setting.changes).toEqual({ 'training.beta': 4 });
  expect(link.unknown).toEqual(['maps', 'colour=red', 'training.__proto__=1', 'w=zzz', 'v=9']);
});

it('reads whatever a hash holds', () => {
  for (const hash of ['#', '#/?%%%', '#?=&&==', '#/?__proto__=1', '#/?beta=%7B', `#/?${'a'.repeat(1e5)}`]) {
    expect(() => readLink(hash)).not.toThrow();
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('leaves a number that is larger than any as it stands: written as null it would leave the field out', () => {
  const { setting } = readLink('#/?beta=1e999&model.encoder.hidden=[1e999]');
  expect(setting.changes).toEqual({ 'training.beta': '1e999', 'model.encoder.hidden': '[1e999]' });
});

it('opens a run below the page, and nothing else', () => {
  expect(readLink('#/map?open=runs/first&v=1')).toMatchObject({ open: 'runs/first', unknown: [] });
  expect(writeLink(readLink('#/map?open=runs/first&v=1'))).toBe('#/map?open=runs/first&v=1');
  for (const open of [
    'https://evil.example/',
    '//evil.example',
    '/etc',
    '../up',
    'a/../../up',
    'a//b',
    '.',
    '',
  ]) {
    expect(readLink(`#/?open=${encodeURIComponent(open)}`)).toMatchObject({ unknown: [`open=${open}`] });
  }
});

it('hides parts by their names, and says which there are none of', () => {
  const link = readLink('#/map?hide=details,recipe,optimizer&v=1');
  expect(link.hidden).toEqual(['details', 'recipe']);
  expect(link.unknown).toEqual(['hide=optimizer']);
  expect(writeLink(link)).toBe('#/map?hide=details,recipe&v=1');
});
