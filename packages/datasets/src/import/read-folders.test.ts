import { expect, it } from 'vitest';
import { readFolders } from './read-folders.ts';

it.each([
  ['no folders say nothing', ['1.png', '2.png'], [{}, {}]],
  ['a folder that all share says nothing', ['pets/1.png', 'pets/2.png'], [{}, {}]],
  ['folders are classes', ['pets/cat/1.png', 'pets/dog/1.png'], [{ folder: 'cat' }, { folder: 'dog' }]],
  ['deeper ones are of the first', ['cat/old/1.png', 'dog/1.png'], [{ folder: 'cat' }, { folder: 'dog' }]],
  [
    'parts are told from classes',
    ['p/train/cat/1.png', 'p/Test/cat/1.png', 'p/val/dog/1.png'],
    [
      { part: 'train', folder: 'cat' },
      { part: 'test', folder: 'cat' },
      { part: 'validation', folder: 'dog' },
    ],
  ],
  ['parts without classes', ['train/1.png', 'test/1.png'], [{ part: 'train' }, { part: 'test' }]],
  ['classes that are called as parts', ['test/1.png', 'cat/1.png'], [{ folder: 'test' }, { folder: 'cat' }]],
  [
    'parts with files beside them are none',
    ['train/1.png', 'test/1.png', '1.png'],
    [{ folder: 'train' }, { folder: 'test' }, {}],
  ],
])('%s', (_, names, places) => {
  expect(readFolders(names)).toEqual(places);
});
