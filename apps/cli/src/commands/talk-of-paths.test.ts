import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '@latentkit/formats';
import { beforeAll, expect, test } from 'vitest';
import { runHere } from '../testing/run-here.ts';
import { sharedRuns } from '../testing/shared-run.ts';

const set = [{ path: ['figures'], value: [{ name: 'loss-curves' }] }]; // it is drawn soon
const cwd = sharedRuns({ 'runs/run': { set }, 'runs/second': { set } });
const NASTY = '\u001b[2Jru\nn\u202e\u009b31m';
const SHOWN = '?[2Jru?n??31m';
const [run, images] = [join('runs', NASTY), `${NASTY}.npy`];

beforeAll(() => {
  renameSync(join(cwd, 'runs', 'run'), join(cwd, run));
  mkdirSync(join(cwd, `${NASTY}-none`));
  writeFileSync(join(cwd, images), encodeNpy({ shape: [4, 28, 28], data: new Uint8Array(4 * 784) }));
});

test.each<[args: string[]]>([
  [['evaluate', run, '--data', images]],
  [['reconstruct', run, '--data', images, '--out', `${NASTY}.svg`]],
  [['sample', run, '--out', join(NASTY, 'sample.svg')]],
  [['encode', run, '--data', images, '--out', join(NASTY, 'codes.csv')]],
  [['encode', run, '--data', images, '--out', `${NASTY}.npy`]],
  [['project', run, '--methods', 'pca', '--points', '20']],
  [['report', run, '--out', `${NASTY}.html`]],
  [['compare', run, 'runs/second', '--no-pictures', '--out', `${NASTY}.html`]],
  [['clean', NASTY]],
  [['runs', `${NASTY}-none`]],
  [['train', '--resume', run, '--eager', '--set', 'training.epochs=3']],
  [['train', '--resume', NASTY]],
])('%j says a folder of a wild name without what a terminal obeys', async (args) => {
  const { stderr } = await runHere(args, { cwd });
  expect(stderr).toContain(SHOWN);
  expect(stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
});

test('a stop says how to go on in a command that a shell reads', async () => {
  const args = ['train', '--limit', '40', '--batch-size', '20', '--epochs', '9', '--eager', '--out', NASTY];
  const { stderr } = await runHere(args, { cwd, interrupt: { when: 'epoch 1/9' } });
  expect(stderr).toContain(`so far are in ${SHOWN}\n`);
  expect(stderr).toContain(String.raw`train --resume $'\u001b[2Jru\u000an\u202e\u009b31m'`);
});
