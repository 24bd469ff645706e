import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { missingPath } from './missing-path.ts';

const root = tempDirectory();
const home = process.cwd();
afterEach(() => process.chdir(home));
beforeAll(() => {
  for (const run of ['first', 'second']) mkdirSync(join(root, 'runs', run), { recursive: true });
  writeFileSync(join(root, 'runs', 'vectors.npy'), '');
});

it.each<[path: string, meant: string | undefined]>([
  [join('runs', 'frist'), join('runs', 'first')],
  [join('run', 'second'), join('runs', 'second')],
  [join('run', 'third'), undefined],
  ['first', join('runs', 'first')],
  [join('runs', 'vektors.npy'), undefined],
  [join('runs', 'x'), undefined],
])('of %s it is asked whether %s was meant', async (path, meant) => {
  process.chdir(root);
  const { code, message } = await missingPath(path, { fix: 'Look again' });
  expect({ code, message }).toEqual({
    code: 'E_NOT_FOUND',
    message: `there is no folder ${path}. ${meant === undefined ? 'Look again' : `Did you mean '${meant}'?`}`,
  });
});

it('where a file may have been meant, files count, and absolute paths are told as such', async () => {
  const { message } = await missingPath(join(root, 'runs', 'vektors.npy'), { files: true });
  expect(message).toBe(
    `there is no ${join(root, 'runs', 'vektors.npy')}. Did you mean '${join(root, 'runs', 'vectors.npy')}'?`,
  );
});
