import type { ErrorCode } from '@latentkit/core';
import { expect, it } from 'vitest';
import { faultOf, NO_WORKER } from '../lab/fault.ts';
import { type Notice, noticesOf } from './notices.ts';
import { whyNotOnAPage } from './obstacles.ts';
import { NO_SESSION } from './session.ts';
import { configOf, FIRST_SETTING, withChange, withOwnFiles } from './setting.ts';

const known = { session: NO_SESSION, kl: undefined, fault: undefined, unknown: [], setting: FIRST_SETTING };
const TOO_MANY = { message: 'no room for batches of 100,000', code: 'E_LIMIT' } as const;
/** A run that a package's error has stopped. */
const failedBy = (code: ErrorCode, told: string, fix?: string) => ({
  ...NO_SESSION,
  failure: { code, message: fix ? `${told}. ${fix}` : told, ...(fix && { fix }) },
});
const settingAfter = ({ remedy }: Notice) => {
  if (!remedy || !('setting' in remedy)) throw new Error('it sets nothing');
  return configOf(remedy.setting);
};
const rows = [{ epoch: 1 }, { epoch: 2 }] as never;

it('has nothing to say where all is well', () => {
  expect(noticesOf({ ...known, session: { ...NO_SESSION, rows }, kl: [2, 0.001] })).toEqual([]);
});

it('tells of a collapse, once it has lasted, and how to mend it', () => {
  const collapsed = { ...known, kl: [0.001, 0.0001] };
  expect(noticesOf(collapsed)).toEqual([]);
  const [notice] = noticesOf({ ...collapsed, session: { ...NO_SESSION, rows } });
  expect(notice?.words).toContain('Posterior collapse');
  expect(settingAfter(notice!).training.beta).toBe(0.5);
  const setting = withOwnFiles(FIRST_SETTING, { isTable: true });
  const [ofTable] = noticesOf({ ...collapsed, setting, session: { ...NO_SESSION, rows } });
  expect(ofTable?.words).toContain('says nothing of the row');
});

it('offers batches that fit', () => {
  const setting = withChange(FIRST_SETTING, 'training.batchSize', 100_000);
  const session = failedBy('E_LIMIT', 'train: a batch of 100000 images takes 9 GB', 'Take fewer');
  const [notice] = noticesOf({ ...known, setting, session });
  expect(settingAfter(notice!).training.batchSize).toBe(256);
});

it('offers the largest batch that the plan has room for, half of what there was less room for than planned, and none where there is for none', () => {
  const setting = withChange(FIRST_SETTING, 'training.batchSize', 400);
  const after = (fits: number) => {
    const session = { ...failedBy('E_LIMIT', 'train: batches of 400 images take 9 GB'), fits };
    return noticesOf({ ...known, setting, trained: setting, session })[0]!;
  };
  expect(settingAfter(after(120)).training.batchSize).toBe(120);
  expect(settingAfter(after(4000)).training.batchSize).toBe(200);
  expect(after(0)).not.toHaveProperty('remedy');
});

it('offers to load again what trains, for a new run and for one that was to go on', () => {
  const session = { ...failedBy('E_NETWORK', NO_WORKER) };
  const [notice] = noticesOf({ ...known, session });
  expect(notice).toMatchObject({
    words: 'What trains could not be loaded: there is no connection.',
    remedy: { words: 'Try again', does: 'train', setting: FIRST_SETTING },
  });
  const [other] = noticesOf({ ...known, session: { ...session, goesOn: 'run-1' } });
  expect(other?.remedy).toEqual({ words: 'Try again', does: 'goOn', run: 'run-1' });
});

it('offers no smaller batches for a network that is too large by itself, and tells of it once', () => {
  const setting = withChange(FIRST_SETTING, 'model.latentDim', 1e9);
  const session = failedBy('E_LIMIT', 'createModel: expected at most 268435456 parameters');
  const notices = noticesOf({ ...known, setting, trained: setting, session, fault: session.failure });
  expect(notices).toEqual([
    {
      ...{ key: 'failure', words: 'No room: expected at most 268,435,456 parameters.', isBad: true },
      details: 'E_LIMIT createModel: expected at most 268435456 parameters',
    },
  ]);
});

it('offers no smaller batches for a file that is too large', () => {
  const setting = withOwnFiles(FIRST_SETTING);
  const session = failedBy('E_LIMIT', 'claim.npy: parseNpy: expected at most 268435456 numbers');
  const after = (more: object) =>
    noticesOf({ ...known, setting, trained: setting, session: { ...session, ...more } as never })[0];
  expect(after({})?.words).toBe('No room: claim.npy: expected at most 268,435,456 numbers.');
  expect(after({})).not.toHaveProperty('remedy');
  expect(after({ report: { kept: 1000 } })?.remedy?.words).toBe('Use batches of 32');
});

it("offers batches that a person's few pictures fill", () => {
  const session = {
    ...failedBy('E_RANGE', 'train: the batch size 64 exceeds the 18 training examples'),
    report: { kept: 20, classes: [], notes: [], skipped: [] },
  } as never as typeof NO_SESSION;
  const [notice] = noticesOf({ ...known, session });
  expect(notice?.remedy?.words).toBe('Use batches of 10');
  expect(settingAfter(notice!).training.batchSize).toBe(10);
});

it('tells what is to be known of a run in one notice, each once and as a sentence', () => {
  const notes = ['the mean is z_mean', 'Its images are not here.', 'the mean is z_mean'];
  const session = { ...known.session, notes };
  const [notice, ...others] = noticesOf({ ...known, session });
  expect(notice).toMatchObject({ words: expect.stringContaining('Its images are not here.'), isBad: false });
  expect(notice!.words.match(/ is z_mean|slower here/g)).toHaveLength(1);
  expect(others).toEqual([]);
});

it('shows no more of a link than can be read', () => {
  const unknown = Array.from({ length: 30 }, (_, i) => `${i}${'x'.repeat(1e5)}`);
  const [notice] = noticesOf({ ...known, unknown });
  expect(notice?.words.length).toBeLessThan(700);
  expect(notice?.words).toMatch(/… and 22 more$/);
});

it('offers batches that fit before anything is trained, and only sets them', () => {
  const setting = withChange(FIRST_SETTING, 'training.batchSize', 100_000);
  const [notice] = noticesOf({ ...known, setting, fault: TOO_MANY, fits: 256 });
  expect(notice).toMatchObject({
    words: 'No room for batches of 100,000.',
    remedy: { words: 'Use batches of 256', does: 'set' },
  });
  expect(settingAfter(notice!).training.batchSize).toBe(256);
});

it('says which part of the page did not come, and what to do', () => {
  const [notice] = noticesOf({ ...known, unloaded: 'The cards' });
  expect(notice).toMatchObject({ key: 'unloaded', isBad: true });
  expect(notice?.words).toMatch(
    /^The cards could not be loaded: there is no connection.*load the page anew\.$/,
  );
});

it('offers half the rate after a loss that is no number, of schedules too', () => {
  const session = failedBy('E_NOT_FINITE', 'the loss is NaN');
  const rateAfter = (setting: typeof FIRST_SETTING) =>
    settingAfter(noticesOf({ ...known, setting, session })[0]!).training.learningRate;
  expect(rateAfter(withChange(FIRST_SETTING, 'training.learningRate', 8))).toBe(4);
  expect(rateAfter(FIRST_SETTING)).toMatchObject({ type: 'cosine', from: 0.0015 });
});

it('shows what a link says that is unknown, and what cannot be', () => {
  const notices = noticesOf({
    ...known,
    unknown: ['colour=red'],
    fault: { message: 'training.epochs must be more', code: 'E_CONFIG' },
  });
  expect(notices.map(({ words }) => words)).toEqual([
    '“Epochs” must be more.',
    'The link says what this page does not know, and leaves out: colour=red',
  ]);
});

it('goes on after a loss that is no number from the last whole epoch with half the rate, and says so in the config', () => {
  const session = {
    ...failedBy('E_NOT_FINITE', 'train: the loss became NaN at step 412', 'Clip the gradients (clip.norm)'),
    whole: 3,
  };
  const trained = withChange(FIRST_SETTING, 'training.beta', 2);
  const [notice] = noticesOf({ ...known, trained, session });
  expect(notice?.words).toBe('Stopped, nothing lost: the loss became NaN at step 412.');
  expect(notice?.remedy).toMatchObject({ words: 'Go on from epoch 3 with half the rate', does: 'rescue' });
  expect(settingAfter(notice!).training).toMatchObject({
    beta: 2,
    rateCut: { after: 3, factor: 0.5 },
    learningRate: { from: 0.003 },
  });
});

it('goes on again after another, with half that rate: a cut more, or a deeper one where nothing has come of the last', () => {
  const after = (rateCut: unknown, whole: number) => {
    const trained = withChange(FIRST_SETTING, 'training.rateCut', rateCut);
    return noticesOf({
      ...known,
      trained,
      session: { ...failedBy('E_NOT_FINITE', 'the loss is NaN'), whole },
    })[0]!;
  };
  const once = { after: 3, factor: 0.5 };
  expect(after(once, 5).remedy).toMatchObject({ words: 'Go on from epoch 5 with half that rate' });
  expect(settingAfter(after(once, 5)).training.rateCut).toEqual([once, { after: 5, factor: 0.5 }]);
  expect(settingAfter(after(once, 3)).training.rateCut).toEqual({ after: 3, factor: 0.25 });
  const twice = [once, { after: 5, factor: 0.5 }];
  expect(settingAfter(after(twice, 5)).training.rateCut).toEqual([once, { after: 5, factor: 0.25 }]);
  expect(settingAfter(after(twice, 6)).training.rateCut).toHaveLength(3);
});

it('goes on with a download that broke off, and says what has come', () => {
  const setting = { ...FIRST_SETTING, dataset: 'mnist' };
  const broken = failedBy('E_NETWORK', 'could not download mnist/train (https://a.b/: Failed to fetch)');
  const after = (loadedBytes: number) => {
    const download = { type: 'download', loadedBytes, totalBytes: 12e6 } as const;
    return noticesOf({ ...known, setting, session: { ...broken, download } })[0];
  };
  expect(after(7.2e6)).toMatchObject({
    words:
      'The download of MNIST broke off: there is no connection, or its server does not answer. 7.2 of 12 MB are kept.',
    remedy: { words: 'Go on', does: 'train', setting },
    details: expect.stringContaining('Failed to fetch'),
  });
  expect(after(0)).toMatchObject({
    words: 'MNIST did not come: there is no connection, or its server does not answer.',
    remedy: { words: 'Try again' },
  });
  expect(noticesOf({ ...known, setting, session: broken })[0]).not.toHaveProperty('remedy'); // it never began
});

it('goes on at once with a run that a hand has stopped', () => {
  const session = {
    ...{ ...NO_SESSION, phase: 'ended', rows, start: { epochs: 10 } },
    ...{ end: { type: 'end', reason: 'aborted' }, kept: { name: 'first', where: 'browser' } },
  } as never as typeof NO_SESSION;
  const [notice] = noticesOf({ ...known, session });
  expect(notice).toMatchObject({
    words: 'Stopped after epoch 2 of 10.',
    remedy: { does: 'goOn', run: 'first' },
  });
  expect(noticesOf({ ...known, session: { ...session, phase: 'training' } })).toEqual([]);
});

it('goes on with a kept run after its worker died, whose memory is gone with it', () => {
  const session = failedBy('E_BACKEND', 'the training worker ended by itself');
  const after = (where: 'browser' | 'memory') =>
    noticesOf({ ...known, session: { ...session, kept: { name: 'first', where } } })[0];
  expect(after('browser')?.remedy).toMatchObject({ does: 'goOn', run: 'first' });
  expect(after('memory')?.remedy).toBeUndefined();
  expect(noticesOf({ ...known, session })[0]?.remedy).toBeUndefined();
});

it('tells a browser that keeps nothing from a write that failed, and lets the run be taken away', () => {
  const noticeOf = (isRefused: boolean, kept?: 'memory') =>
    noticesOf({
      ...known,
      session: {
        ...NO_SESSION,
        unkept: { why: { message: 'there is no room.', code: 'E_IO' }, isRefused },
        ...(kept && { kept: { name: 'first', where: kept } }),
      },
    })[0];
  expect(noticeOf(false)).toMatchObject({
    words: 'The run is kept in memory only until you close this tab: there is no room.',
    isBad: false,
  });
  expect(noticeOf(false)?.remedy).toBeUndefined();
  expect(noticeOf(true, 'memory')).toMatchObject({
    words:
      'A write failed. What is trained from here on is kept in memory only until you close this tab: there is no room.',
    isBad: true,
    remedy: { words: 'Download', does: 'download', run: 'first' },
  });
});

it('says nothing of what a run is that is only looked at; once one would train by it, what to do', () => {
  const setting = withChange(FIRST_SETTING, 'training.arithmetic', 'fused');
  const fault = faultOf(whyNotOnAPage(configOf(setting)));
  const session = { ...NO_SESSION, opened: 'fast' };
  const shown = { ...known, fault, session, setting, trained: setting };
  expect(noticesOf(shown)).toEqual([]);
  const [pressed] = noticesOf({ ...shown, wanted: setting });
  expect(pressed).toMatchObject({
    words:
      "“Arithmetic” is 'fused', and a page trains with 'strict' alone, which leads to other weights. Set it to 'strict', or let latentkit train it in a terminal.",
    isBad: true,
    remedy: { words: 'Train a run with strict arithmetic', does: 'train' },
  });
  expect(settingAfter(pressed!)).toEqual(configOf(FIRST_SETTING));
  // A hand has set something else.
  const changed = withChange(setting, 'training.epochs', 3);
  const [set] = noticesOf({ ...shown, setting: changed, wanted: setting });
  expect(set?.remedy).toMatchObject({ words: 'Use strict arithmetic', does: 'set' });
  expect(settingAfter(set!).training).not.toHaveProperty('arithmetic');
});
