import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { encodeNpy } from '@latentkit/formats';
import { beforeEach, expect, test } from 'vitest';
import { MAIN, plainEnvironment, temporaryFolder } from '../testing/run-cli.ts';

const SCRIPT = '/usr/bin/script';
const hasScript = process.platform === 'linux' && spawnSync(SCRIPT, ['--version']).status === 0;

/** What a terminal of some columns gets to see of a training run, without the figures, which take longer than all else. */
function watch(
  columns: number,
  env: Record<string, string> = {},
  options = '--batch-size 4',
  cwd = temporaryFolder(),
): string {
  const train = `"${process.execPath}" "${MAIN}" train --limit 400 --epochs 2 --set 'figures=[]' ${options}`;
  const { stdout } = spawnSync(SCRIPT, ['-qec', `stty cols ${columns}; ${train}`, '/dev/null'], {
    cwd,
    env: { ...plainEnvironment(), TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: '', ...env },
    encoding: 'utf8',
  });
  return stdout;
}

/** The bar's redraws, without colours. */
function bars(screen: string): string[] {
  return screen
    .split('\r\x1b[2K')
    .slice(1)
    .map(stripVTControlCharacters)
    .filter((text) => text.startsWith('epoch 1/2'));
}

beforeEach(({ skip }) => {
  if (!hasScript) skip('a pseudo terminal needs Linux and `script` of util-linux');
});

test('a terminal shows a bar, a table and where the report is', () => {
  const screen = watch(80);
  expect(bars(screen).length).toBeGreaterThan(1);
  expect(bars(screen)[0]).toMatch(
    /^epoch 1\/2 {2}[━─]{18,24} {2}loss +[\d.]+ +[\d,]+ images\/s +\d+:\d\d left$/,
  );
  expect(screen).toContain('epoch      loss  reconstruction        kl  val loss        lr     time');
  expect(screen).toContain('\x1b[32mDone\x1b[39m in');
  const end = stripVTControlCharacters(screen).replaceAll('\r', '').split('Done in')[1]!;
  expect(end).toMatch(/^ [\d.]+ s, weights [0-9a-f]{8}\n\n {2}report +runs\/\S+\/report\.html\n/);
  expect(end).toMatch(/\n\nLook further:\n(?: {2}latentkit \w+ runs\/\S+\n)+$/);
});

test('the bar of a narrow ASCII terminal fits, without colours where NO_COLOR says so', () => {
  const screen = watch(64, { LANG: 'C', NO_COLOR: '1' });
  for (const bar of bars(screen)) expect(bar.length).toBeLessThan(64);
  expect(bars(screen).length).toBeGreaterThan(1);
  expect(bars(screen)[0]).toMatch(/^epoch 1\/2 {2}[#-]{8,} {2}loss/);
  expect(screen.replaceAll('\x1b[2K', '')).not.toContain('\x1b');
});

test('on 40 columns nothing is wider but a path, which stays whole', () => {
  const screen = watch(40, {}, '--batch-size 40');
  const lines = stripVTControlCharacters(screen.replaceAll('\r\x1b[2K', '\n'))
    .replaceAll('\r', '')
    .split('\n');
  for (const line of lines.filter((one) => !one.includes('runs/')))
    expect(line.length).toBeLessThanOrEqual(40);
  expect(lines).toContain('epoch      loss  val loss     time');
  expect(lines.find((line) => line.startsWith('epoch 1/2'))).toMatch(
    /^epoch 1\/2 {2}loss +[\d.]+ +\d+:\d\d left$/,
  );
});

test('commands to paste name images of your own, and stay on one line where the terminal is narrow', () => {
  const cwd = temporaryFolder();
  const data = Uint8Array.from({ length: 60 * 64 }, (_, i) => (i * 31) % 256);
  writeFileSync(join(cwd, 'my images.npy'), encodeNpy({ shape: [60, 8, 8], data }));
  const options = "--limit 54 --batch-size 9 --eager --data 'my images.npy' --out 'my run'";
  const screen = stripVTControlCharacters(watch(40, {}, options, cwd)).replaceAll('\r', '');
  const commands = ['evaluate', 'traverse', 'project', 'report'].map(
    (name) => `  latentkit ${name} 'my run' --data 'my images.npy'\n`,
  );
  expect(screen).toContain(`Look further:\n${commands.join('')}`);
});
