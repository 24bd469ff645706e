import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHubServer } from '../testing/hub-server.ts';
import { jsonRows, runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const cwd = sharedRuns({ first: {} });

/** The command line where the Hub is the test's. */
async function hub() {
  const server = await startHubServer();
  const environment = { HF_ENDPOINT: server.url, HF_TOKEN: server.token };
  const latentkit = (args: string[], more: Record<string, string> = {}) =>
    runHere(args, { cwd, env: { ...environment, ...more } });
  return { ...server, latentkit };
}

const read = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(join(cwd, folder).length + 1), readFileSync(path)]),
  );

test('a run goes to the Hub as its folder, and comes back to the byte', async () => {
  const { latentkit, repositories, visibility, url } = await hub();
  const pushed = await latentkit(['push', 'first', 'me/first', '--private', '--license', 'mit', '--json']);
  expect(pushed).toMatchObject({ code: 0 });
  expect(jsonRows(pushed.stdout)[0]).toMatchObject({
    pushed: true,
    url: `${url}/me/first`,
    commit: 'abc123',
  });
  expect(visibility.get('me/first')).toBe('private');
  await latentkit(['export', 'first', '--to', 'hub-folder', '--license', 'mit', '--out', 'folder']);
  expect(Object.fromEntries(repositories.get('me/first')!)).toEqual(read('folder'));
  expect(await latentkit(['pull', 'me/first', '--out', 'back'])).toMatchObject({ code: 0 });
  expect(read('back')).toEqual(read('folder'));
  // A second time, into what is there by now.
  expect(await latentkit(['push', 'folder', 'me/first'])).toMatchObject({
    code: 0,
    stdout: `${url}/me/first\n`,
  });
  expect(await latentkit(['pull', 'me/first', '--out', 'back'])).toMatchObject({ code: 2, stdout: '' });
  expect(await latentkit(['pull', 'me/first', '--out', 'back', '--force'])).toMatchObject({ code: 0 });
});

test('a folder goes without what is no file of a model, and says so; a dry run sends nothing', async () => {
  const { latentkit, repositories } = await hub();
  await latentkit(['export', 'first', '--to', 'hub-folder', '--out', 'mixed']);
  mkdirSync(join(cwd, 'mixed', 'data'));
  for (const name of ['data/images.npy', '.env', 'notes.txt'])
    writeFileSync(join(cwd, 'mixed', name), 'mine');
  const dry = await latentkit(['push', 'mixed', 'me/mixed', '--dry-run'], { HF_TOKEN: '' });
  expect(dry).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/left out.*\.env, data\/images\.npy, notes\.txt/),
  });
  expect(dry.stdout).toMatch(/^README\.md {2}\d+$/m);
  expect(repositories.size).toBe(0);
  await latentkit(['push', 'mixed', 'me/mixed']);
  expect([...repositories.get('me/mixed')!.keys()].filter((path) => /npy|env|notes/.test(path))).toEqual([]);
});

test('a server can neither write beside the folder nor hand over other bytes', async () => {
  const { latentkit, repositories, damaged } = await hub();
  await latentkit(['push', 'first', 'me/first']);
  const files = repositories.get('me/first')!;
  for (const path of [
    '../evil.txt',
    'onnx/../../evil.txt',
    '/evil.txt',
    'figures/..png/x',
    'sitecustomize.py',
  ])
    files.set(path, Buffer.from('evil'));
  const pulled = await latentkit(['pull', 'me/first', '--out', 'safe']);
  expect(pulled).toMatchObject({ code: 0, stderr: expect.stringContaining('5 other files') });
  expect(existsSync(join(cwd, 'evil.txt'))).toBe(false);
  expect(Object.keys(read('safe'))).not.toContain('sitecustomize.py');
  damaged.add('model.safetensors');
  const cut = await latentkit(['pull', 'me/first', '--out', 'cut']);
  expect(cut).toMatchObject({ code: 1, stderr: expect.stringMatching(/model\.safetensors came other than/) });
  expect(existsSync(join(cwd, 'cut'))).toBe(false);
});

test('what cannot be is said in a line', async () => {
  const { latentkit, repositories } = await hub();
  repositories.set('me/empty', new Map([['README.md', Buffer.from('# Nothing')]]));
  for (const [args, code, message, environment] of [
    [['push', 'first', 'first'], 2, /expected a repository as OWNER\/NAME, got 'first'/],
    [['push', 'gone', 'me/gone'], 1, /gone/],
    [['push', 'first', 'me/first'], 2, /HF_TOKEN is not set/, { HF_TOKEN: '' }],
    [['push', 'first', 'me/first'], 2, /HF_TOKEN is no token/, { HF_TOKEN: 'secret' }],
    [['push', 'first', 'me/first'], 2, /refuses me\/first: Invalid token/, { HF_TOKEN: 'hf_other' }],
    [['pull', 'me/gone'], 1, /no repository me\/gone/],
    [['pull', 'me/empty'], 1, /holds no model/],
    [['pull', 'me/first'], 1, /network/, { HF_ENDPOINT: 'http://127.0.0.1:9' }],
  ] as const) {
    const got = await latentkit([...args], environment);
    expect(got, args.join(' ')).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(got.stderr.split('\n').filter((line) => line.startsWith('error: '))).toHaveLength(1);
  }
});
