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

test('a byte order mark is read over; UTF-16 is named', async () => {
  expect(await readConfigFile(write('\ufeff{"recipe": "r"}'))).toEqual({ recipe: 'r' });
  const utf16 = join(temporaryFolder(), 'utf16.json');
  for (const swap of [false, true]) {
    const bytes = Buffer.from('\ufeff{}', 'utf16le');
    writeFileSync(utf16, swap ? bytes.swap16() : bytes);
    await expect(readConfigFile(utf16)).rejects.toThrow(
      /utf16.json: expected JSON in UTF-8, got UTF-16[LB]E. Save it as UTF-8/,
    );
  }
});

test.each([
  ['{', 'my.json is not JSON'],
  ['', 'my.json is not JSON'],
  ['[]', 'my.json: it must be an object, got a list'],
  ['null', 'my.json: it must be an object, got null'],
  ['{"training": 5}', 'my.json: training must be an object, got 5'],
  ['{"dataset": "mnist"}', "my.json: dataset must be an object, got 'mnist'"],
  ['{"model": []}', 'my.json: model must be an object, got a list'],
  ['{"recipe": 5}', 'my.json: recipe must be text, got 5'],
  [
    `{"training": ${'['.repeat(9000)}${']'.repeat(9000)}}`,
    'my.json: expected lists and objects at most 100 deep',
  ],
  [
    `{"recipe": ${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`,
    'my.json: expected lists and objects at most 100 deep',
  ],
])('refuses %.40s', async (text, message) => {
  await expect(readConfigFile(write(text))).rejects.toThrow(message);
});

test('says why a file cannot be read', async () => {
  const folder = temporaryFolder();
  await expect(readConfigFile(folder)).rejects.toThrow('it is a folder');
  await expect(readConfigFile(join(folder, 'nowhere.json'))).rejects.toThrow('there is no such file');
});
