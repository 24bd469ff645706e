import { expect, test } from 'vitest';
import { findPythons } from './find-python.ts';

const NEEDS = {
  pytorch: { modules: ['torch', 'numpy'], packages: 'torch numpy' },
  keras: { modules: ['keras', 'tensorflow'], packages: 'keras tensorflow-cpu' },
};
const HAD: Record<string, string[]> = {
  'a/python': ['keras', 'numpy'],
  'b/python': ['torch', 'numpy', 'keras', 'tensorflow'],
  'c/python': ['torch', 'numpy'],
};
const modulesOf = async (file: string) => new Set(HAD[file]);

test('each engine gets the first interpreter that has all of its modules', async () => {
  const { pythons, notes } = await findPythons(NEEDS, {
    files: ['a/python', 'c/python', 'b/python'],
    modulesOf,
  });
  expect([...pythons]).toEqual([
    ['pytorch', 'c/python'],
    ['keras', 'b/python'],
  ]);
  expect(notes).toEqual([]);
});

test('an engine that none has is told with how to get it', async () => {
  const { pythons, notes } = await findPythons(NEEDS, { files: ['a/python', 'c/python'], modulesOf });
  expect([...pythons.keys()]).toEqual(['pytorch']);
  expect(notes).toEqual([
    'keras is left out: no keras and tensorflow in a/python, c/python. python3 -m venv peers && peers/bin/pip install keras tensorflow-cpu; then --python peers/bin/python',
  ]);
});

test('a named file that is no Python is a wrong usage; the usual one may be missing', async () => {
  for (const file of ['/nowhere/python3', process.execPath]) {
    await expect(findPythons(NEEDS, { files: [file] })).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining(`--python ${file} is no interpreter of Python`),
    });
  }
  const missing = async () => Promise.reject(new Error('ENOENT'));
  expect((await findPythons(NEEDS, { modulesOf: missing })).notes).toHaveLength(2);
});

test('who asks for no engine in Python starts none', async () => {
  const never = async () => Promise.reject(new Error('started'));
  expect(await findPythons({}, { files: ['a/python'], modulesOf: never })).toEqual({
    pythons: new Map(),
    notes: [],
  });
});
