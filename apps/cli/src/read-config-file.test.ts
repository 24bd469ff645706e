import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfigFile } from './read-config-file.ts';
import { temporaryFolder } from './testing/run-cli.ts';

function write(text: string): string {
  const path = join(temporaryFolder(), 'my.json');
  writeFileSync(path, text);
  return path;
}

test('reads any part of a config', async () => {
  expect(await readConfigFile(write('{"training": {"epochs": 3}}'))).toEqual({ training: { epochs: 3 } });
});

test.each([
  ['{', 'my.json is not JSON'],
  ['', 'my.json is not JSON'],
  ['[]', 'my.json must hold a JSON object'],
  ['null', 'my.json must hold a JSON object'],
  ['{"training": 5}', 'my.json: training must be an object, got 5'],
  ['{"dataset": "mnist"}', 'my.json: dataset must be an object, got "mnist"'],
  ['{"model": []}', 'my.json: model must be an object, got []'],
  ['{"recipe": 5}', 'my.json: recipe must be a string, got 5'],
])('refuses %s', async (text, message) => {
  await expect(readConfigFile(write(text))).rejects.toThrow(message);
});

test('says why a file cannot be read', async () => {
  const folder = temporaryFolder();
  await expect(readConfigFile(folder)).rejects.toThrow('it is a folder');
  await expect(readConfigFile(join(folder, 'nowhere.json'))).rejects.toThrow('there is no such file');
});
