import { expect, test } from 'vitest';
import { hasLiveTerminal, hasUnicode } from './terminal.ts';

const terminal = { stdout: { isTTY: true }, stderr: { isTTY: true } };

test('a line is redrawn only where both streams are a terminal, out of CI', () => {
  expect(hasLiveTerminal(terminal, { TERM: 'xterm' })).toBe(true);
  expect(hasLiveTerminal(terminal, { TERM: 'xterm', CI: 'false' })).toBe(true);
  expect(hasLiveTerminal(terminal, { TERM: 'xterm', CI: '1' })).toBe(false);
  expect(hasLiveTerminal(terminal, { TERM: 'dumb' })).toBe(false);
  expect(hasLiveTerminal({ ...terminal, stdout: {} }, {})).toBe(false);
  expect(hasLiveTerminal({ ...terminal, stderr: {} }, {})).toBe(false);
});

test.each([
  [{ LANG: 'en_US.UTF-8' }, 'linux', true],
  [{ LANG: 'de_DE.utf8' }, 'linux', true],
  [{ LANG: 'C' }, 'linux', false],
  [{}, 'linux', false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'linux', false],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, 'linux', false],
  [{}, 'darwin', true],
  [{}, 'win32', false],
  [{ WT_SESSION: '1' }, 'win32', true],
])('%o on %s: Unicode is %s', (env, platform, expected) => {
  expect(hasUnicode(env, platform)).toBe(expected);
});
