import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { tempDirectory } from '../testing/temp-directory.ts';
import { tinyConfig, tinyDataset } from '../testing/tiny-run.ts';
import { trainRun } from '../testing/train-run.ts';
import { listRuns } from './list-runs.ts';
import { lockFolder } from './run-lock.ts';

const root = tempDirectory();
const made = join(root, 'made');
const date = () => new Date('2026-01-02T03:04:05Z');
let folders = 0;

beforeAll(async () => {
  await trainRun({ out: made, config: tinyConfig(), dataset: tinyDataset(), date });
});

const newFolder = () => {
  const path = join(root, `runs-${folders++}`);
  mkdirSync(path);
  return path;
};

function copyTo(path: string, change: (path: string) => void = () => {}): string {
  cpSync(made, path, { recursive: true });
  change(path);
  return path;
}

function endAt(time: string) {
  return (path: string) => {
    const file = join(path, 'end.json');
    const end = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...end, finishedAt: time }));
  };
}

it('says of a run what it is, how far it is, how good and how long it took', async () => {
  const folder = newFolder();
  copyTo(join(folder, 'one'));
  const rows = readFileSync(join(made, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(await listRuns(folder)).toEqual([
    {
      ...{ path: join(folder, 'one'), state: 'finished', recipe: 'tiny', dataset: 'digits' },
      ...{ epochs: 2, of: 2, keptEpoch: 2, valLoss: rows[1].valLoss, canResume: false },
      ...{ seconds: rows[0].seconds + rows[1].seconds, at: '2026-01-02T03:04:05.000Z' },
    },
  ]);
});

it('finds runs however deep, and the newest first', async () => {
  const folder = newFolder();
  copyTo(join(folder, 'b', 'c', 'old'), endAt('2025-01-01T00:00:00.000Z'));
  copyTo(join(folder, 'new'), endAt('2026-06-01T00:00:00.000Z'));
  copyTo(join(folder, 'b', 'middle'), endAt('2025-06-01T00:00:00.000Z'));
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const names = (await listRuns(folder)).map(({ path }) => path.slice(folder.length + 1));
  expect(names).toEqual(['new', join('b', 'middle'), join('b', 'c', 'old')]);
});

it('a folder that is a run lists itself', async () => {
  expect((await listRuns(made)).map(({ path }) => path)).toEqual([made]);
});

it('follows links, but not in circles, and lists a run once', async () => {
  const folder = newFolder();
  copyTo(join(folder, 'a', 'run'));
  symlinkSync(folder, join(folder, 'a', 'circle'));
  symlinkSync(join(folder, 'a', 'run'), join(folder, 'latest'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'));
  expect(await listRuns(folder)).toHaveLength(1);
  const elsewhere = newFolder();
  symlinkSync(join(folder, 'a'), join(elsewhere, 'linked'));
  expect((await listRuns(elsewhere)).map(({ path }) => path)).toEqual([join(elsewhere, 'linked', 'run')]);
});

it('knows a run that was stopped, and whether it has a checkpoint to go on from', async () => {
  const folder = newFolder();
  const killed = (path: string) => {
    for (const name of ['model.json', 'model.safetensors', 'end.json']) rmSync(join(path, name));
  };
  copyTo(join(folder, 'killed'), killed);
  copyTo(join(folder, 'bare'), (path) => {
    killed(path);
    rmSync(join(path, 'checkpoint'), { recursive: true });
  });
  const states = Object.fromEntries(
    (await listRuns(folder)).map((run) => [run.path.slice(folder.length + 1), run]),
  );
  expect(states.killed).toMatchObject({ state: 'stopped', epochs: 2, canResume: true, keptEpoch: 2 });
  expect(states.bare).toMatchObject({ state: 'stopped', canResume: false });
});

it('knows a run that went on and did not come to its end by the epochs it has more', async () => {
  const folder = newFolder();
  copyTo(join(folder, 'run'), (path) => {
    const config = JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'));
    config.training.epochs = 9;
    writeFileSync(join(path, 'config.json'), JSON.stringify(config));
    const text = readFileSync(join(path, 'metrics.jsonl'), 'utf8');
    const row = JSON.parse(text.split('\n')[1]!);
    const third = JSON.stringify({ ...row, epoch: 3, valLoss: 1 });
    writeFileSync(join(path, 'metrics.jsonl'), `${text}${third}\n{"epoch":4,"lo`); // killed while it wrote a line
  });
  expect(await listRuns(folder)).toMatchObject([
    { state: 'stopped', epochs: 3, of: 9, keptEpoch: 3, valLoss: 1, canResume: true },
  ]);
});

it('knows a run that is being written, in its first epoch too', async () => {
  const folder = newFolder();
  const early = copyTo(join(folder, 'early'), (path) => {
    for (const name of ['model.json', 'model.safetensors', 'end.json', 'metrics.jsonl', 'metrics.csv']) {
      rmSync(join(path, name));
    }
  });
  const lock = await lockFolder(early);
  try {
    const [run] = await listRuns(folder);
    expect(run).toMatchObject({ state: 'writing', epochs: 0 });
    expect(run).not.toHaveProperty('valLoss');
  } finally {
    await lock.release();
  }
});

it('says what is wrong with a damaged run, and lists the others', async () => {
  const folder = newFolder();
  copyTo(join(folder, 'good'));
  const break_ = (name: string, text: string) => (path: string) => writeFileSync(join(path, name), text);
  copyTo(join(folder, 'config'), break_('config.json', '{'));
  copyTo(join(folder, 'metrics'), break_('metrics.jsonl', '{"epoch":1}\n'));
  copyTo(join(folder, 'newer'), break_('model.json', '{"format":"latentkit-model","version":99}'));
  copyTo(join(folder, 'half'), (path) => rmSync(join(path, 'config.json')));
  const why = Object.fromEntries(
    (await listRuns(folder)).map((run) => [run.path.slice(folder.length + 1), 'why' in run ? run.why : '']),
  );
  expect(why).toEqual({
    good: '',
    config: expect.stringMatching(/config\.json/),
    metrics: expect.stringMatching(/metrics\.jsonl: line 1 is no row of an epoch/),
    newer: expect.stringMatching(/model\.json.*99/),
    half: expect.stringMatching(/holds no config\.json/),
  });
});

it("takes no folder of others' files for a run", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'config.json'), '{"compilerOptions":{}}');
  writeFileSync(join(folder, 'data.json'), '[]');
  expect(await listRuns(folder)).toEqual([]);
});

it('is refused where there is no folder', async () => {
  await expect(listRuns(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
  writeFileSync(join(root, 'file'), '');
  await expect(listRuns(join(root, 'file'))).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
});
